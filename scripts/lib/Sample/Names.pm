# Invented people: names put together from common parts, as they are
# written in kanji, kana and Latin letters.
package Sample::Names;
use v5.36;
use utf8;

use Exporter 'import';
our @EXPORT_OK = qw(name_japanese name_foreign name_family name_halfwidth
    name_hiragana @LANGUAGES);

# Family name, reading, and other ways of writing the same name.
my @FAMILY = map { [split /:/] } split ' ', <<'END';
佐藤:サトウ 鈴木:スズキ 高橋:タカハシ:髙橋 田中:タナカ 伊藤:イトウ
渡辺:ワタナベ:渡邉:渡邊 山本:ヤマモト 中村:ナカムラ 小林:コバヤシ
加藤:カトウ 吉田:ヨシダ 山田:ヤマダ 佐々木:ササキ 山口:ヤマグチ
松本:マツモト 井上:イノウエ 木村:キムラ 林:ハヤシ
斎藤:サイトウ:齋藤:斉藤:齊藤 清水:シミズ 山崎:ヤマザキ:山﨑 森:モリ
池田:イケダ 橋本:ハシモト 阿部:アベ 石川:イシカワ 山下:ヤマシタ
中島:ナカジマ:中嶋 石井:イシイ 小川:オガワ 前田:マエダ 岡田:オカダ
長谷川:ハセガワ 藤田:フジタ 後藤:ゴトウ 近藤:コンドウ 村上:ムラカミ
遠藤:エンドウ 青木:アオキ 坂本:サカモト:阪本 福田:フクダ 太田:オオタ
西村:ニシムラ 藤井:フジイ 岡本:オカモト 藤原:フジワラ 金子:カネコ
三浦:ミウラ 中野:ナカノ 原田:ハラダ 中川:ナカガワ 松田:マツダ
竹内:タケウチ 小野:オノ 田村:タムラ 中山:ナカヤマ 和田:ワダ
石田:イシダ 森田:モリタ 上田:ウエダ 原:ハラ 内田:ウチダ
柴田:シバタ 酒井:サカイ 宮崎:ミヤザキ:宮﨑 横山:ヨコヤマ
高木:タカギ:髙木 安藤:アンドウ 宮本:ミヤモト 大野:オオノ
小島:コジマ:小嶋 谷口:タニグチ 工藤:クドウ 今井:イマイ
高田:タカダ:髙田 増田:マスダ 丸山:マルヤマ 杉山:スギヤマ
村田:ムラタ 大塚:オオツカ 新井:アライ 小山:コヤマ 平野:ヒラノ
藤本:フジモト 河野:コウノ 上野:ウエノ 野口:ノグチ 武田:タケダ
松井:マツイ 千葉:チバ 菅原:スガワラ 岩崎:イワサキ:岩﨑 久保:クボ
木下:キノシタ 佐野:サノ 野村:ノムラ 松尾:マツオ 市川:イチカワ
菊地:キクチ 古川:フルカワ 水野:ミズノ 桜井:サクライ:櫻井
渡部:ワタナベ 島田:シマダ:嶋田 吉川:ヨシカワ 西田:ニシダ 菊池:キクチ
北村:キタムラ 五十嵐:イガラシ 安田:ヤスダ 中田:ナカタ 川口:カワグチ
平田:ヒラタ 川崎:カワサキ:川﨑 東:アズマ 本田:ホンダ
久保田:クボタ 沢田:サワダ:澤田 中西:ナカニシ 岩田:イワタ 服部:ハットリ
辻:ツジ 関:セキ 樋口:ヒグチ 田辺:タナベ:田邉:田邊 川村:カワムラ
飯田:イイダ 福島:フクシマ:福嶋 土屋:ツチヤ 秋山:アキヤマ
永井:ナガイ 大西:オオニシ 小松:コマツ 矢野:ヤノ 広瀬:ヒロセ:廣瀬
田口:タグチ 浜田:ハマダ:濱田:濵田 富田:トミタ:冨田 荒井:アライ
大久保:オオクボ 小池:コイケ 松岡:マツオカ 黒沢:クロサワ:黒澤
大沢:オオサワ:大澤 国分:コクブ:國分 滝沢:タキザワ:瀧澤
沼尻:ヌマジリ 一二三:ヒフミ 小鳥遊:タカナシ 勅使河原:テシガワラ
END

my @MALE_FIRST = map { [split /:/] } split ' ', <<'END';
健:ケン 大:ダイ 翔:ショウ 直:ナオ 和:カズ 正:マサ 秀:ヒデ 隆:タカ 智:トモ
義:ヨシ 弘:ヒロ 俊:トシ 克:カツ 信:ノブ 光:ミツ 勇:ユウ 康:ヤス 幸:ユキ
貴:タカ 浩:ヒロ 昌:マサ 裕:ユウ 悠:ユウ 航:コウ 颯:ソウ 陽:ヨウ 涼:リョウ
亮:リョウ 哲:テツ 敏:トシ
END
my @MALE_LAST = map { [split /:/] } split ' ', <<'END';
太:タ 一:イチ 樹:キ 人:ト 也:ヤ 之:ユキ 夫:オ 太郎:タロウ 司:ジ 輝:キ 彦:ヒコ
明:アキ 則:ノリ 志:シ 平:ヘイ 介:スケ 生:オ 治:ハル 次郎:ジロウ 希:キ
END
my @MALE_WHOLE = map { [split /:/] } split ' ', <<'END';
誠:マコト 学:マナブ 修:オサム 進:ススム 豊:ユタカ 蓮:レン 湊:ミナト 勝:マサル
清:キヨシ 茂:シゲル 稔:ミノル 旭:アサヒ
END
my @FEMALE_FIRST = map { [split /:/] } split ' ', <<'END';
美:ミ 友:トモ 由:ユ 優:ユウ 真:マ 恵:エ 彩:アヤ 明日:アス 千:チ 早:サ 久美:クミ
智:トモ 和:カズ 裕:ユウ 幸:ユキ 典:ノリ 陽:ハル 結:ユ 麻:マ 里:リ 洋:ヨウ
奈緒:ナオ 加:カ 文:フミ 直:ナオ 沙:サ 菜々:ナナ 玲:レ 京:キョウ 春:ハル
END
my @FEMALE_LAST = map { [split /:/] } split ' ', <<'END';
子:コ 美:ミ 香:カ 奈:ナ 恵:エ 代:ヨ 江:エ 里:リ 菜:ナ 穂:ホ 佳:カ 実:ミ 紀:キ
枝:エ 乃:ノ 花:カ 衣:イ 世:ヨ 緒:オ 音:ネ
END
my @FEMALE_WHOLE = map { [split /:/] } split ' ', <<'END';
葵:アオイ 凛:リン 桜:サクラ さくら:サクラ ひかり:ヒカリ 梢:コズエ 瞳:ヒトミ
節:セツ キヨ:キヨ ハナ:ハナ 薫:カオル 忍:シノブ
END

# Language: family and given names in Latin letters and katakana, and in
# kanji where there are any.
my %FOREIGN = (
	vi => [
	    'NGUYEN:グエン TRAN:チャン LE:レ PHAM:ファム HOANG:ホアン
	    VU:ヴー DANG:ダン BUI:ブイ DO:ドー NGO:ゴー',
	    'VAN AN:ヴァン アン|VAN HUNG:ヴァン フン|VAN DUNG:ヴァン ズン|'
	    . 'DUC MINH:ドゥック ミン|QUOC TUAN:クオック トゥアン|VAN NAM:ヴァン ナム',
	    'THI LINH:ティ リン|THI MAI:ティ マイ|THI HOA:ティ ホア|'
	    . 'THI TRANG:ティ チャン|NGOC LAN:ゴック ラン|THI THU HA:ティ トゥ ハー'],
	zh => [
	    'WANG:ワン:王 LI:リー:李 ZHANG:チャン:張 LIU:リュウ:劉
	    CHEN:チェン:陳 YANG:ヤン:楊 ZHAO:チャオ:趙 HUANG:ホアン:黄',
	    'WEI:ウェイ:偉|QIANG:チアン:強|LEI:レイ:磊|MING:ミン:明|JUN:ジュン:軍|HAO:ハオ:浩',
	    'FANG:ファン:芳|NA:ナー:娜|MIN:ミン:敏|JING:ジン:静|YAN:イエン:艶|'
	    . 'XIAOLING:シャオリン:暁玲'],
	ko => [
	    'KIM:キム:金 LEE:イ:李 PARK:パク:朴 CHOI:チェ:崔 JUNG:チョン:鄭',
	    'MINJUN:ミンジュン:民俊|HYUNWOO:ヒョヌ:賢宇|SUNGHO:ソンホ:成浩|DONGHYUN:ドンヒョン:東賢',
	    'SUJIN:スジン:秀珍|HYEYOUNG:ヘヨン:恵英|JIYEON:ジヨン:智妍|MIKYUNG:ミギョン:美京'],
	tl => [
	    'SANTOS:サントス REYES:レイエス CRUZ:クルス BAUTISTA:バウティスタ
	    GARCIA:ガルシア MENDOZA:メンドーサ RAMOS:ラモス',
	    'JOSE:ホセ|MARK ANTHONY:マーク アンソニー|JUAN CARLO:フアン カルロ|ANGELO:アンジェロ',
	    'MARIA CLARA:マリア クララ|ANGELICA:アンジェリカ|ROSE ANN:ローズ アン|JENNY:ジェニー'],
	ne => [
	    'SHRESTHA:シュレスタ GURUNG:グルン TAMANG:タマン THAPA:タパ
	    RAI:ライ KARKI:カルキ ADHIKARI:アディカリ',
	    'RAM BAHADUR:ラム バハドゥル|BISHNU:ビシュヌ|PRAKASH:プラカシュ|SUMAN:スマン',
	    'SITA:シタ|SUNITA:スニタ|GITA:ギタ|ANJALI:アンジャリ'],
	pt => [
	    'SILVA:シルバ SOUZA:ソウザ OLIVEIRA:オリベイラ PEREIRA:ペレイラ
	    COSTA:コスタ FERREIRA:フェレイラ',
	    'JOAO PAULO:ジョアン パウロ|PEDRO:ペドロ|LUCAS:ルーカス|RAFAEL:ラファエル',
	    'ANA CLAUDIA:アナ クラウジア|MARIANA:マリアナ|JULIANA:ジュリアナ|LARISSA:ラリッサ'],
	en => [
	    'MILLER:ミラー WALKER:ウォーカー TURNER:ターナー BAKER:ベーカー
	    HARRIS:ハリス',
	    'THOMAS:トーマス|DANIEL:ダニエル|GEORGE:ジョージ|KEVIN:ケビン',
	    'EMILY:エミリー|LAURA:ローラ|HANNAH:ハンナ|GRACE:グレース'],
);
our @LANGUAGES = sort keys %FOREIGN;

my %ROMAJI = do {
	my %t;
	my @rows = (
		['', 'アイウエオ'], ['k', 'カキクケコ'], ['g', 'ガギグゲゴ'],
		['s', 'サシスセソ'], ['z', 'ザジズゼゾ'], ['t', 'タチツテト'],
		['d', 'ダヂヅデド'], ['n', 'ナニヌネノ'], ['h', 'ハヒフヘホ'],
		['b', 'バビブベボ'], ['p', 'パピプペポ'], ['m', 'マミムメモ'],
		['r', 'ラリルレロ'],
	);
	for my $row (@rows) {
		my @kana = split //, $row->[1];
		my @vowel = qw(a i u e o);
		$t{$kana[$_]} = $row->[0] . $vowel[$_] for 0 .. 4;
	}
	%t = (%t, qw(シ shi チ chi ツ tsu フ fu ジ ji ヂ ji ヅ zu ヤ ya ユ yu
	    ヨ yo ワ wa ヲ o ン n));
	%t;
};

# Hepburn without marks on long vowels: サイトウ ケンタ to saito u... as the
# kana stand (saitou kenta).
sub romaji ($kana)
{
	my $text = join '', map { $ROMAJI{$_} // $_ } split //, $kana;

	$text =~ s/shiャ/sha/g, $text =~ s/shiュ/shu/g, $text =~ s/shiョ/sho/g;
	$text =~ s/chiャ/cha/g, $text =~ s/chiュ/chu/g, $text =~ s/chiョ/cho/g;
	$text =~ s/jiャ/ja/g, $text =~ s/jiュ/ju/g, $text =~ s/jiョ/jo/g;
	$text =~ s/iャ/ya/g, $text =~ s/iュ/yu/g, $text =~ s/iョ/yo/g;
	$text =~ s/ッ(.)/$1$1/g;
	return $text;
}

# Every given name: first and last part, but not 美美 or ユウユキ.
sub given_names ($first, $last, $whole)
{
	my @names = @$whole;

	for my $a (@$first) {
		for my $b (@$last) {
			next if $a->[0] eq $b->[0] || $a->[1] eq $b->[1];
			push @names, ["$a->[0]$b->[0]", "$a->[1]$b->[1]"];
		}
	}
	return [map { [@$_, romaji($_->[1])] } @names];
}

my %GIVEN = (
	male => given_names(\@MALE_FIRST, \@MALE_LAST, \@MALE_WHOLE),
	female => given_names(\@FEMALE_FIRST, \@FEMALE_LAST, \@FEMALE_WHOLE),
);
my @FAMILY_NAMES = map {
	my ($kanji, $kana, @variants) = @$_;
	{ kanji => $kanji, kana => $kana, romaji => romaji($kana),
	    writings => [$kanji, @variants] };
} @FAMILY;
my %FOREIGN_NAMES = map {
	my ($family, $male, $female) = @{$FOREIGN{$_}};
	$_ => {
		family => [map { [split /:/] } split ' ', $family],
		male => [map { [split /:/] } split /\|/, $male],
		female => [map { [split /:/] } split /\|/, $female],
	};
} @LANGUAGES;

# A family name; relatives share it.
sub name_family ($random)
{
	my $family = $random->pick(\@FAMILY_NAMES);

	return { %$family, own => $random->pick($family->{writings}) };
}

# The parts of a Japanese person's name; "own" is how this family writes it.
sub name_japanese ($random, $sex, $family)
{
	my $given = $random->pick($GIVEN{$sex});

	return {
		family => $family->{own},
		family_kana => $family->{kana},
		writings => $family->{writings},
		given => $given->[0],
		given_kana => $given->[1],
		romaji => "$family->{romaji} $given->[2]",
	};
}

# A foreigner's name in Latin letters, katakana and, where there is one,
# kanji; family name first, as residence cards have it.
sub name_foreign ($random, $sex, $language)
{
	my $names = $FOREIGN_NAMES{$language};
	my $family = $random->pick($names->{family});
	my $given = $random->pick($names->{$sex});

	return {
		latin => "$family->[0] $given->[0]",
		kana => "$family->[1] $given->[1]",
		kanji => defined $family->[2] ? "$family->[2] $given->[2]" : '',
	};
}

my %HALFWIDTH = do {
	my @full = split //, 'ァィゥェォャュョッーアイウエオカキクケコサシスセソ'
	    . 'タチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン・';
	my @half = split //, 'ｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿ'
	    . 'ﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ･';
	my %t;
	@t{@full} = @half;
	my @plain = split //, 'カキクケコサシスセソタチツテトハヒフヘホウ';
	my @voiced = split //, 'ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ';
	$t{$voiced[$_]} = $t{$plain[$_]} . 'ﾞ' for 0 .. $#plain;
	@plain = split //, 'ハヒフヘホ';
	@voiced = split //, 'パピプペポ';
	$t{$voiced[$_]} = $t{$plain[$_]} . 'ﾟ' for 0 .. $#plain;
	$t{'　'} = $t{' '} = ' ';
	%t;
};

sub name_halfwidth ($kana)
{
	return join '', map { $HALFWIDTH{$_} // $_ } split //, $kana;
}

sub name_hiragana ($kana)
{
	# ヴ has a hiragana, but CP932 has not.
	$kana =~ tr/ァ-ン/ぁ-ん/;
	return $kana;
}

1;
