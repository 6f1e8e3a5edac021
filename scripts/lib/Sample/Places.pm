# Invented places: addresses, telephone numbers that cannot ring, hospitals,
# hotels, care homes, schools and workplaces.
package Sample::Places;
use v5.36;
use utf8;

use Sample::Random;

use Exporter 'import';
our @EXPORT_OK = qw(place_address place_phone place_facilities
    place_workplace place_school @STAFF);

our @STAFF = qw(沼尻 小鳥遊 市川 服部 岩田 千葉 佐野 樋口 木下 水野);

my $CITY = '川口市';
# No town of the city is called so.
my @TOWNS = qw(ひなた町 風見町 みはらし台 若竹町 つくし野 月見台 糸巻町 鈴懸町
    すみれ野 渡良瀬通 南風見町 銀杏町);
my @BUILDINGS = qw(ハイツ風見 コーポつくし メゾン月見 グリーンハイム サンコート糸巻
    風見団地 若竹荘);

# Where somebody lives: the address, and the building, if it is named.
sub place_address ($random)
{
	my $town = $random->pick(\@TOWNS);
	my ($a, $b, $c) = map { $random->between(1, $_) } 5, 20, 15;
	my $form = $random->below(10);
	my $block = $form < 5 ? "$a-$b-$c"
	    : $form < 8 ? "${a}丁目${b}番${c}号"
	    : join '－', map { tr/0-9/０-９/r } $a, $b, $c;
	my $building = '';

	$building = $random->pick(\@BUILDINGS) . $random->between(1, 4) .
	    sprintf('%02d', $random->between(1, 12)) . '号室'
	    if $random->chance(0.4);
	return ("$CITY$town$block", $building);
}

# The digits of an impossible number: "mobile" or "fixed".
sub place_phone ($kind, $n)
{
	# 7919 is prime: neighbours in the list have unlike numbers.
	my $last = sprintf '%04d', $n * 7919 % 10_000;
	my $odd = int($n / 10_000) % 2;

	return ($odd ? '0800000' : '0900000') . $last if $kind eq 'mobile';
	return ($odd ? '030000' : '048000') . $last;
}

my @WORDS = map { [split /:/] } split ' ', <<'END';
みどり:ミドリ 風見:カザミ 若竹:ワカタケ つくし:ツクシ 月見:ツキミ 糸巻:イトマキ
鈴懸:スズカケ すみれ:スミレ ひばり:ヒバリ 銀杏:イチョウ 虹の橋:ニジノハシ
星見:ホシミ 千草:チグサ 浅葱:アサギ 白樺:シラカバ 朝霧:アサギリ 夕凪:ユウナギ
こもれび:コモレビ せせらぎ:セセラギ 野の花:ノノハナ
END
# Weight, kind, what stands before and after the word, with reading, and
# beds or rooms.
my @KINDS = (
	[3, 'hospital', '医療法人', 'イリョウホウジン', '会', 'カイ',
	    '総合病院', 'ソウゴウビョウイン', 180],
	[2, 'hospital', '社会医療法人社団　', 'シャカイイリョウホウジンシャダン ', '会', 'カイ',
	    '記念病院', 'キネンビョウイン', 240],
	[4, 'clinic', '医療法人社団', 'イリョウホウジンシャダン', '会', 'カイ',
	    '内科クリニック', 'ナイカクリニック', ''],
	[3, 'clinic', '', '', '', '', '医院', 'イイン', ''],
	[3, 'hotel', '', '', '', '', 'グランドホテル', 'グランドホテル', 120],
	[2, 'hotel', 'ホテル', 'ホテル', '', '', 'イン川口', 'インカワグチ', 90],
	[3, 'care_home', '社会福祉法人', 'シャカイフクシホウジン', '福祉会', 'フクシカイ',
	    '特別養護老人ホーム', 'トクベツヨウゴロウジンホーム', 80],
	[2, 'care_home', '株式会社', 'カブシキガイシャ', 'ケア', 'ケア', 'グループホーム',
	    'グループホーム', 18],
	[2, 'school', '川口市立', 'カワグチシリツ', '', '', '小学校',
	    'ショウガッコウ', ''],
	[1, 'test_site', '', '', '', '', 'ＰＣＲ検査センター',
	    'ピーシーアールケンサセンター', ''],
);

# Up to $n facilities with different names.
sub place_facilities ($random, $n)
{
	my (@facilities, %seen);

	# Each kind at least once, then by weight.
	my @wanted = @KINDS;
	my $kinds = Sample::Random::weighted(map { [$_->[0], $_] } @KINDS);
	for (1 .. $n * 4) {
		last if @facilities >= $n;
		my $kind = shift @wanted // $random->pick($kinds);
		my (undef, $code, $before, $before_kana, $after, $after_kana,
		    $what, $what_kana, $capacity) = @$kind;
		my ($word, $kana) = @{$random->pick(\@WORDS)};
		my ($second, $second_kana) = ('', '');

		($second, $second_kana) = @{$random->pick(\@WORDS)}
		    if $random->chance($n > 100 ? 0.7 : 0.2);
		my $own = $after eq '' ? "$before$word$second$what"
		    : "$before$word$after　$second$what";
		next if $seen{$own}++;
		push @facilities, {
			name => $own,
			kana => "$before_kana$kana$after_kana" .
			    ($after eq '' ? '' : ' ') .
			    "$second_kana$what_kana",
			kind => $code,
			address => (place_address($random))[0],
			phone => place_phone('fixed', 5000 + @facilities),
			capacity => $capacity eq '' ? '' :
			    $capacity + 5 * $random->below(12),
		};
	}
	return \@facilities;
}

my @WORKS = qw(鋳物製作所 運輸 食品 印刷 電機 建設 不動産 スーパー
    薬局 警備 工務店 システムズ);

sub place_workplace ($random)
{
	my $word = $random->pick(\@WORDS)->[0];

	return ($random->chance(0.5) ? '株式会社' : $random->chance(0.5) ?
	    '㈱' : '有限会社') . $word . $random->pick(\@WORKS);
}

# The school of somebody of that age.
sub place_school ($random, $age)
{
	my $word = $random->pick(\@WORDS)->[0];

	return "${word}保育園" if $age < 6;
	return "川口市立${word}小学校" if $age < 12;
	return "川口市立${word}中学校" if $age < 15;
	return "${word}高等学校" if $age < 18;
	return "${word}大学";
}

1;
