# Which columns each list has, and what each says about a record.
#
# A column is { heading, ditto, make }: make takes a record (a case, a
# contact, a test, ...) of Sample::World and gives the cell.  Field names and
# codes are those of lib/catalogue; a column without a field is one that no
# field takes.
package Sample::Lists;
use v5.36;
use utf8;

use Exporter 'import';
our @EXPORT_OK = qw(list_positives list_tests list_contacts
    list_consultations list_facilities list_placements list_observations);

use Sample::Cell qw(cell_ok cell_several $EMPTY);
use Sample::Day qw(day_instant);

my %SYMPTOM_WORDS = (
	fever => [qw(発熱 熱発)], cough => [qw(咳 せき 咳嗽)],
	sore_throat => [qw(咽頭痛 のどの痛み)], runny_nose => [qw(鼻汁 鼻水)],
	dyspnea => [qw(息苦しさ 呼吸困難)], fatigue => [qw(倦怠感 だるさ)],
	headache => [qw(頭痛)], joint_pain => [qw(関節痛 筋肉痛)],
	diarrhea => [qw(下痢)], taste_smell => [qw(味覚・嗅覚障害)],
);
my %SEVERITY = (
	none => [qw(無症状 症状なし)], mild => [qw(軽症 軽度)],
	moderate1 => [qw(中等症Ⅰ 中等症1)], moderate2 => [qw(中等症Ⅱ 中等症2)],
	severe => [qw(重症)],
);
my %LANGUAGE = (
	ja => [qw(日本語)], en => [qw(英語 English)],
	zh => [qw(中国語 中文)], ko => [qw(韓国語 朝鮮語)],
	vi => [qw(ベトナム語 VN)], tl => [qw(タガログ語 フィリピン語)],
	ne => [qw(ネパール語 NE)], pt => [qw(ポルトガル語 ブラジル語)],
);
my %RELATION = (
	spouse => [qw(配偶者)], parent => [qw(親)], child => [qw(子 子供)],
	sibling => [qw(兄弟姉妹 きょうだい)], colleague => [qw(同僚 職場)],
	friend => [qw(友人 知人)], classmate => [qw(同級生 同じクラス)],
	other => [qw(その他)],
);
my %RELATION_OF = (
	male => { spouse => '夫', parent => '父', child => '息子' },
	female => { spouse => '妻', parent => '母', child => '娘' },
);
my %RESULT = (positive => [qw(陽性 (+) ＋)], negative => [qw(陰性 (-))],
    indeterminate => [qw(判定保留 要再検)]);
my %METHOD = (pcr => [qw(PCR PCR検査 ＰＣＲ)], lamp => [qw(LAMP法 LAMP)],
    antigen_quant => [qw(抗原定量)], antigen_qual => [qw(抗原定性 抗原キット)]);
my %SPECIMEN = (saliva => [qw(唾液 だ液)],
    nasopharyngeal => [qw(鼻咽頭拭い液 鼻咽頭)], nasal => [qw(鼻腔拭い液)]);
my %CHANNEL = (phone => [qw(電話 TEL)], desk => [qw(窓口 来所)],
    mail => [qw(メール)], fax => [qw(FAX ファックス)]);
my %KIND = (
	hospital => [qw(病院)], clinic => [qw(診療所 クリニック)],
	hotel => [qw(宿泊療養施設 ホテル)], care_home => [qw(高齢者施設)],
	school => [qw(学校 小学校)], test_site => [qw(検査場 検査センター)],
);

my @NONE = ([qw(なし none)], [qw(－ not_applicable)], [qw(― not_applicable)]);
my @NO_SYMPTOM = ([qw(無症状 none)], [qw(症状なし none)],
    [qw(－ not_applicable)]);
my @NOT_YET = ([qw(調査中 investigating)], [qw(確認中 investigating)]);

sub column ($heading, $make, %more)
{
	return { heading => $heading, make => $make, %more };
}

# Text that is written as it is.
sub text ($field, $text)
{
	return $text eq '' ? $EMPTY : cell_ok($field, $text, $text, '');
}

# The columns about the person that several lists share.
sub person_columns ($dirt, $styles)
{
	my $birth = $dirt->date_styles($styles, 'birth');

	return (
		name => sub ($r) {
			$dirt->name('person.name', $r->{person}{name},
			    $r->{person}{seen});
		},
		kana => sub ($r) {
			$dirt->missing('person.kana') //
			    $dirt->kana('person.kana', $r->{person}{kana});
		},
		sex => sub ($r) { $dirt->sex($r->{person}{sex}) },
		birth => sub ($r) {
			$dirt->missing('person.birth_date') //
			    $dirt->date('person.birth_date',
			    $r->{person}{birth}, $birth);
		},
		phone => sub ($r) {
			$dirt->missing('phone.number') //
			    $dirt->phone('phone.number', $r->{person}{phones});
		},
		email => sub ($r) {
			$r->{person}{email} eq '' ?
			    $dirt->nothing('person.email', \@NONE) :
			    $dirt->email($r->{person}{email});
		},
		language => sub ($r) {
			my $code = $r->{person}{language};
			$code eq 'ja' && $r->{person}{n} % 4 ? $EMPTY :
			    $dirt->choice('person.language', $code,
			    $LANGUAGE{$code});
		},
	);
}

# An event's day, which may not be (yet).
sub event ($dirt, $field, $styles, $key, $words = undef)
{
	return sub ($r) {
		defined $r->{$key} ? $dirt->date($field, $r->{$key}, $styles) :
		    $words ? $dirt->nothing($field, $words) : $EMPTY;
	};
}

sub list_positives ($dirt, $styles)
{
	my %person = person_columns($dirt, $styles);
	my $day = $dirt->date_styles($styles, 'event', 'slash');
	my $onset = $dirt->date_styles($styles, 'event');
	my $stay = $dirt->date_styles($styles, 'event');

	return [
		column('番号', sub ($r) {
			$dirt->number('episode.number', $r->{number}) }),
		column('氏　　名', $person{name}),
		column('フリガナ', $person{kana}),
		column('性別', $person{sex}, key => 'sex'),
		column('生年月日', $person{birth}, key => 'birth'),
		column('年齢', sub ($r) {
			$dirt->missing('episode.age') //
			    $dirt->age($r->{age}) }, key => 'age'),
		column('電話番号', $person{phone}, key => 'phone'),
		column('住所', sub ($r) {
			$dirt->missing('person.address') // $dirt->lines(
			    'address', 'person.address',
			    @{$r->{person}}{qw(address building)});
		}, ditto => 1, key => 'address'),
		column('職業', sub ($r) {
			$dirt->missing('person.occupation') //
			    text('person.occupation', $r->{person}{occupation})
		}, key => 'occupation'),
		column('勤務先・学校', sub ($r) {
			$r->{person}{workplace} eq '' ?
			    $dirt->nothing('person.workplace', \@NONE) :
			    text('person.workplace', $r->{person}{workplace})
		}, ditto => 1),
		column('メールアドレス', $person{email}),
		column('言語', $person{language}),
		column('発症日', event($dirt, 'episode.onset_date', $onset,
		    'onset', \@NO_SYMPTOM), key => 'onset'),
		column('検体採取日', event($dirt, 'test.sampled_date', $day,
		    'sampled'), ditto => 1),
		column("陽性\n判明日", event($dirt, 'episode.diagnosed_date',
		    $day, 'diagnosed'), ditto => 1, key => 'diagnosed'),
		column('症状', sub ($r) { positive_symptoms($dirt, $r) }),
		column('重症度', sub ($r) {
			$dirt->choice('episode.severity', $r->{severity},
			    $SEVERITY{$r->{severity}}) }, key => 'severity'),
		column('療養先', sub ($r) {
			$r->{facility} ? text('stay.facility',
			    $r->{facility}{name}) : $dirt->choice('stay.kind',
			    'home', [qw(自宅 自宅療養)]);
		}, ditto => 1),
		column('入院・入所日', event($dirt, 'stay.begin_date', $stay,
		    'begin')),
		column('療養解除日', event($dirt, 'episode.released_date',
		    $stay, 'released')),
		column('担当', sub ($r) {
			text('episode.staff', $r->{staff}) }, ditto => 1),
		column('備考', sub ($r) {
			text('episode.note', $r->{note} // '') },
			key => 'note'),
		column('保健所メモ', sub ($r) { text('', $r->{memo} // '') }),
		column('報告書No', sub ($r) { text('', $r->{report}) }),
	];
}

# Several symptoms in one cell, in the catalogue's order.
sub positive_symptoms ($dirt, $r)
{
	my @codes = @{$r->{symptoms}};

	return $dirt->nothing('episode.symptoms', \@NO_SYMPTOM) unless @codes;
	my @separators = ('、', '、', ';', '，', "\n");
	my $text = join $separators[$r->{report} % @separators],
	    map { $SYMPTOM_WORDS{$_}[$r->{i} % @{$SYMPTOM_WORDS{$_}}] } @codes;
	return cell_ok('episode.symptoms', $text, join(';', @codes), '');
}

sub list_tests ($dirt, $styles)
{
	my %person = person_columns($dirt, $styles);
	my $slot = $dirt->date_styles($styles, 'future', 'slash');
	my $day = $dirt->date_styles($styles, 'event');
	my $choice = sub ($field, $key, $words) {
		return sub ($r) {
			defined $r->{$key} ? $dirt->choice($field, $r->{$key},
			    $words->{$r->{$key}}) : $EMPTY;
		};
	};

	return [
		column('検査番号', sub ($r) {
			text('test.number', $r->{number}) }),
		column('氏名', $person{name}),
		column('カナ', $person{kana}),
		column('生年月日', $person{birth}),
		column('電話', $person{phone}),
		column('検査予定日', sub ($r) {
			$dirt->instant('test.slot_at', $r->{slot},
			    $r->{minutes}, $slot) }),
		column('採取日', event($dirt, 'test.sampled_date', $day,
		    'sampled'), ditto => 1),
		column('検査場所', sub ($r) {
			text('test.site', $r->{site}{name}) }, ditto => 1),
		column('検体', $choice->('test.specimen', 'specimen',
		    \%SPECIMEN)),
		column('方法', $choice->('test.method', 'method', \%METHOD)),
		column('結果', $choice->('test.result', 'result', \%RESULT)),
		column('結果判明日', event($dirt, 'test.result_date', $day,
		    'told')),
		column('依頼元', sub ($r) { text('', $r->{asked_by}) }),
	];
}

sub list_contacts ($dirt, $styles)
{
	my %person = person_columns($dirt, $styles);
	my $last = $dirt->date_styles($styles, 'event', $styles->pick([qw(
	    slash month era bare)]));
	my $until = $dirt->date_styles($styles, 'future');

	return [
		column('番号', sub ($r) {
			$dirt->number('episode.number', $r->{number}) }),
		column('氏名', $person{name}),
		column('ふりがな', sub ($r) {
			$dirt->missing('person.kana') //
			    $dirt->kana('person.kana', $r->{person}{kana},
			    'hiragana') }),
		column('性別', $person{sex}),
		column('生年月日', $person{birth}),
		column('電話', $person{phone}),
		column('メール', $person{email}),
		column('言語', $person{language}),
		column('患者番号', sub ($r) {
			$dirt->number('contact.source',
			    $r->{source}{number}) }, ditto => 1),
		column('続柄', sub ($r) {
			my $code = $r->{relation};
			my $own = $RELATION_OF{$r->{person}{sex}}{$code};
			$dirt->choice('contact.relation', $code,
			    [$own // (), @{$RELATION{$code}}]) }),
		column('最終接触日', event($dirt,
		    'episode.last_exposure_date', $last, 'last')),
		column('同居', sub ($r) {
			$r->{household} ? $dirt->flag('contact.same_household')
			    : $EMPTY }),
		column('健康観察終了日', event($dirt, 'episode.observe_until',
		    $until, 'until')),
	];
}

sub list_consultations ($dirt, $styles)
{
	my $at = $dirt->date_styles($styles, 'event', 'slash');

	return [
		column('受付日時', sub ($r) {
			$dirt->instant('consultation.at', $r->{day},
			    $r->{minutes}, $at) }),
		column('受付者', sub ($r) {
			text('consultation.staff', $r->{staff}) }, ditto => 1),
		column('相談者氏名', sub ($r) {
			$dirt->name('consultation.caller_name',
			    $r->{person}{name}, $r->{person}{seen}) }),
		column('電話番号', sub ($r) {
			$dirt->missing('consultation.caller_phone') //
			    $dirt->phone('consultation.caller_phone',
			    $r->{person}{phones}) }),
		column('相談内容', sub ($r) {
			$dirt->lines('text', 'consultation.content',
			    @{$r->{content}}) }),
		column('対応', sub ($r) {
			text('consultation.answer', $r->{answer}) }),
		column('経路', sub ($r) {
			$dirt->choice('consultation.channel', $r->{channel},
			    $CHANNEL{$r->{channel}}) }),
	];
}

sub list_facilities ($dirt, $styles)
{
	return [
		column('名称', sub ($r) {
			$dirt->text_utf8('facility.name', $r->{name}) }),
		column('カナ', sub ($r) {
			$dirt->kana('facility.kana', $r->{kana}) }),
		column('種別', sub ($r) {
			$dirt->choice('facility.kind', $r->{kind},
			    $KIND{$r->{kind}}) }),
		column('住所', sub ($r) {
			text('facility.address', $r->{address}) }),
		column('電話', sub ($r) {
			$dirt->phone('facility.phone',
			    [$r->{phone}, $r->{phone2}]) }),
		column('定員', sub ($r) {
			text('facility.capacity', $r->{capacity}) }),
	];
}

sub list_placements ($dirt, $styles)
{
	my $day = $dirt->date_styles($styles, 'event');

	return [
		column('陽性者番号', sub ($r) {
			$dirt->number('episode.number', $r->{number}) }),
		column('施設名', sub ($r) {
			text('stay.facility', $r->{facility}{name}) },
			ditto => 1),
		column('部屋', sub ($r) { text('stay.room', $r->{room}) }),
		column('入所日', event($dirt, 'stay.begin_date', $day,
		    'begin')),
		column('退所日', event($dirt, 'stay.end_date', $day, 'end')),
	];
}

# The day's symptoms: each is an item of the health report of its own.
sub observed_symptoms ($dirt, $r)
{
	my @codes = @{$r->{symptoms}};

	return $dirt->nothing('', [['なし', 'none'], ['特になし', 'none']])
	    unless @codes;
	my @words = map { $SYMPTOM_WORDS{$_}[0] } @codes;
	return cell_several(join('、', @words), [map {
	    ['observation.' . ($_ eq 'fever' ? 'feverish' : $_), '1'] }
	    @codes], '');
}

sub list_observations ($dirt, $styles)
{
	my $day = $dirt->date_styles($styles, 'event', 'slash');

	return [
		column('患者番号', sub ($r) {
			$dirt->number('episode.number', $r->{number}) },
			ditto => 1),
		column('日付', event($dirt, 'observation.day', $day, 'day')),
		column('時間', sub ($r) {
			my $time = sprintf '%d:%02d', int($r->{minutes} / 60),
			    $r->{minutes} % 60;
			cell_ok('observation.at', $time,
			    day_instant($r->{day},
			    $r->{minutes}), '') }),
		column('体温', sub ($r) {
			$dirt->measure('observation.temperature',
			    $r->{temperature}, '℃',
			    $r->{temperature} =~ tr/.//dr) }),
		column('SpO2', sub ($r) {
			$r->{spo2} eq '' ? $EMPTY :
			    $dirt->measure('observation.spo2', $r->{spo2},
			    '%', '19' . $r->{spo2}) }),
		column('症状', sub ($r) { observed_symptoms($dirt, $r) }),
	];
}

1;
