#!/bin/sh
# Definitions are changed without SQL, in either order of words, and whatever
# would make no sense is refused with its place.
. "${0%/*}/lib.sh"
need sqlite3

hc-init -q --office 112038
exits 0 hc-define field add person x_class type=text label_ja=学級
says 'changed as run 2'
exits 0 hc-define show field person.x_class
is 'the column is there at once' \
    "$(add person name=試験 x_class=3-2)" 112038000000001
exits 0 hc-define add choice x_ward north label_ja=北
exits 0 hc-define add field person x_ward type=choice of=x_ward label_ja=地区
exits 0 hc-define set setting fever_threshold 37.0
is 'a setting' "$(hc-define show setting fever_threshold |
    sed -n 's/^value	//p')" 37.0

exits 65 hc-define lst
says "did you mean 'hc-define list'?"
exits 1 hc-define field lst
says "did you mean 'hc-define field list'?"
exits 65 hc-define field ad person x_a type=text
says "did you mean 'hc-define field add'?"
exits 1 hc-define list field nothing
hc-check --content-hash >expected
refused()
{
	exits "$1" hc-define $2
	says "$3"
}
# shellcheck disable=SC2086
{
refused 65 'field add person class type=text label_ja=a' 'x_NAME'
refused 65 'field add person x_a label_ja=a' 'type= is missing'
refused 65 'field add person x_a type=txt label_ja=a' 'type'
refused 65 'field add person x_a type=choice of=nix label_ja=a' 'nix'
refused 65 'field add person x_a type=ref of=nix label_ja=a' 'nix'
refused 65 'field add situation x_a type=text label_ja=a' 'no kind of record'
refused 65 'field add person x_A" type=text label_ja=a' 'x_NAME'
refused 65 'field set person x_class type=integer' 'cannot be changed'
refused 65 'field set person x_class pattern=(' 'regular expression'
refused 65 'field set person name lable_ja=a' "did you mean 'label_ja'?"
refused 65 'setting set fever_threshold warm' 'no number'
refused 65 'setting set ask_time 25:00' 'no time of day'
refused 65 'setting add fever_treshold value=1' 'no setting'
refused 65 'choice add sexx a label_ja=a' 'new lists are called'
refused 65 'choice add sex A;B label_ja=a' 'no code'
refused 65 'filter set no_email expr=email=nix(' 'character'
refused 65 'condition add unwell x expr=worst_temprature>38 label_ja=a points=1' \
    "did you mean 'worst_temperature'?"
refused 65 'condition add unwel x expr=tries>1 label_ja=a points=1' 'unwel'
refused 65 'report set weekly cols=knd' "no field 'knd'"
refused 65 'fild list' "did you mean 'field'?"
refused 65 'drop setting office_name' 'cannot be dropped'
refused 1 'set filter no_emial expr=email=absent' "did you mean 'no_email'?"
refused 1 'field add person x_class type=text label_ja=a' 'already'
}
hc-check --content-hash >actual
same 'and none of that changed anything'

exits 0 hc-define drop field person x_class
is 'a dropped field is retired' "$(hc-define show field person.x_class |
    sed -n 's/^retired	//p')" 1
is 'its values stay' "$(sqlite3 hc.db 'SELECT x_class FROM person')" 3-2
exits 0 hc-define set field person x_class retired=0

exits 0 hc-define export --own -o own.tsv
hc-init -q -d b.db --office 112038
exits 0 hc-define -d b.db apply own.tsv --dry-run
is 'a dry run changes nothing' "$(hc-define -d b.db export --own |
    wc -l)" 1
exits 0 hc-define -d b.db apply own.tsv
hc-define -d b.db export --own >actual
cp own.tsv expected
same 'a bundle makes the same in another database'
exits 0 hc-define -d b.db apply own.tsv
says 'nothing to change'
hc-define export >all.tsv
exits 0 hc-define apply all.tsv
says 'nothing to change'
printf 'kind\tname\tentity\texpr\tlabel_ja\nfilter\tx1\tperson\tnix > 1\ta\n' |
    tee bad.tsv | sed 's/nix > 1/nix/' >/dev/null
printf 'fliter\tx2\tperson\tmail_ok\ta\n' >>bad.tsv
exits 65 hc-define apply bad.tsv
says 'bad.tsv:3'
exits 66 hc-define apply none.tsv
exits 0 hc-check
quiet 'the log agrees'
done_testing
