#!/bin/sh
# Mail is delivered as it was made, or its outcome is told as it is: what a
# relay took is never called unsent, what is not sent is never called
# delivered, and nothing in a message becomes an SMTP command.
. "${0%/*}/lib.sh"
. "$HC_ROOT/tests/smtp.sh"

mailsend=$HC_BUILD/tests/bin/mailsend
need "$mailsend" perl

# outcomes FILE: "ID OUTCOME STAGE CODE" in order.
outcomes()
{
	sed 1d "$1" | cut -f1-4 | tr '\t' ' ' | sort -n
}

# --- URLs and options -------------------------------------------------

printf 'id\tto\n1\ta@example.jp\n' >one.tsv

for url in '' example.jp http://127.0.0.1 smtp: smtp:// smtp://:25 \
    smtp://127.0.0.1: smtp://127.0.0.1:0 smtp://127.0.0.1:65536 \
    smtp://127.0.0.1:25x smtp://u:p@127.0.0.1 smtp://127.0.0.1/helo \
    smtp://127.0.0.1?tls smtp://127.0.0.1?starttls=no \
    smtps://127.0.0.1?starttls smtp://-h 'smtp://[::1' 'smtp://[::1]25' \
    'smtp://a b' "smtp://127.0.0.1$(printf '\r\nX')" maildir: \
    maildir:relative; do
	exits 65 "$mailsend" "$url" <one.tsv
done
exits 65 "$mailsend" -c 65 smtp://127.0.0.1 <one.tsv
exits 65 "$mailsend" -c -1 smtp://127.0.0.1 <one.tsv
exits 65 "$mailsend" -t 601 smtp://127.0.0.1 <one.tsv
exits 65 "$mailsend" -H "x$(printf '\r\n')DATA" smtp://127.0.0.1 <one.tsv

echo secret >password
chmod 600 password
exits 78 "$mailsend" -U hc smtp://127.0.0.1 <one.tsv
exits 78 "$mailsend" -P password smtp://127.0.0.1 <one.tsv
exits 78 "$mailsend" -U hc -P password smtp://192.0.2.1:25 <one.tsv
says 'in the clear'
exits 66 "$mailsend" -U hc -P nothing smtps://127.0.0.1 <one.tsv
for mode in 604 602 620 666; do
	chmod $mode password
	exits 77 "$mailsend" -U hc -P password smtps://127.0.0.1 <one.tsv
	says 'chmod 600'
done
chmod 600 password
exits 77 "$mailsend" -U hc -P . smtps://127.0.0.1 <one.tsv
mkfifo -m 600 pipe
exits 77 within 5 "$mailsend" -U hc -P pipe smtps://127.0.0.1 <one.tsv
: >empty
chmod 600 empty
exits 78 "$mailsend" -U hc -P empty smtps://127.0.0.1 <one.tsv
exits 66 "$mailsend" -C nothing smtps://127.0.0.1 <one.tsv

port=$(free_port)
"$mailsend" "smtp://127.0.0.1:$port" <one.tsv >actual
is 'nobody listens: unreachable' "$(outcomes actual)" \
	'1 unreachable connect 0'

# --- faults at every stage ----------------------------------------------

serve "$HC_ROOT/tests/smtp-fault.pl" @PORT@ "$PWD/table" "$PWD/log"

printf 'id\tto\ttext\n1\ta@example.jp\tone\n2\tb@example.jp\ttwo\n' >two.tsv
# Long enough not to fit into the buffers between: it is cut in the middle.
digits='0123456789 0123456789 0123456789 0123456789'
printf 'id\tto\trepeat\ttext\n1\ta@example.jp\t100000\t%s\\n\n' "$digits" \
	>big.tsv

# Stage, fault, outcome of the first and the second message.  "second" is a
# fault at MAIL on a connection that has served before, "idle" one between
# two messages: there a new connection is opened and nobody notices.
cat >expected <<'END'
auth 235	delivered end 250	delivered end 250
auth 421	deferred hello 421	deferred hello 421
auth 451	deferred hello 451	deferred hello 451
auth 454	deferred hello 454	deferred hello 454
auth 530	unreachable hello 530	unreachable hello 530
auth 535	unreachable hello 535	unreachable hello 535
auth 550	unreachable hello 550	unreachable hello 550
auth close	unreachable hello 0	unreachable hello 0
auth garbage	unreachable hello 0	unreachable hello 0
auth hang	unreachable hello 0	unreachable hello 0
auth rst	unreachable hello 0	unreachable hello 0
body 421	unreachable data 0
body 451	deferred end 451
body 530	unreachable end 530
body 550	refused end 550
body close	unreachable data 0
body garbage	unreachable data 0
body hang	unreachable data 0
body rst	unreachable data 0
data 421	deferred data 421	deferred data 421
data 451	deferred data 451	deferred data 451
data 530	unreachable data 530	unreachable data 530
data 550	refused data 550	refused data 550
data close	unreachable data 0	unreachable data 0
data garbage	unreachable data 0	unreachable data 0
data hang	unreachable data 0	unreachable data 0
data rst	unreachable data 0	unreachable data 0
ehlo 421	unreachable hello 0	unreachable hello 0
ehlo 451	deferred hello 451	deferred hello 451
ehlo 530	unreachable hello 530	unreachable hello 530
ehlo 550	unreachable hello 550	unreachable hello 550
ehlo close	unreachable hello 0	unreachable hello 0
ehlo garbage	unreachable hello 0	unreachable hello 0
ehlo hang	unreachable hello 0	unreachable hello 0
ehlo rst	unreachable hello 0	unreachable hello 0
end 251	delivered end 251	delivered end 251
end 354	doubtful end 0	doubtful end 0
end 421	deferred end 421	deferred end 421
end 451	deferred end 451	deferred end 451
end 530	unreachable end 530	unreachable end 530
end 550	refused end 550	refused end 550
end close	doubtful end 0	doubtful end 0
end garbage	doubtful end 0	doubtful end 0
end hang	doubtful end 0	doubtful end 0
end rst	doubtful end 0	doubtful end 0
greeting 421	deferred connect 421	deferred connect 421
greeting 451	deferred connect 451	deferred connect 451
greeting 530	unreachable connect 530	unreachable connect 530
greeting 550	unreachable connect 550	unreachable connect 550
greeting close	unreachable connect 0	unreachable connect 0
greeting garbage	unreachable connect 0	unreachable connect 0
greeting hang	unreachable connect 0	unreachable connect 0
greeting rst	unreachable connect 0	unreachable connect 0
idle 421	delivered end 250	delivered end 250
idle close	delivered end 250	delivered end 250
idle rst	delivered end 250	delivered end 250
mail 421	deferred mail 421	deferred mail 421
mail 451	deferred mail 451	deferred mail 451
mail 530	unreachable mail 530	unreachable mail 530
mail 550	refused mail 550	refused mail 550
mail close	unreachable mail 0	unreachable mail 0
mail drip	unreachable mail 0	unreachable mail 0
mail garbage	unreachable mail 0	unreachable mail 0
mail hang	unreachable mail 0	unreachable mail 0
mail long	refused mail 550	refused mail 550
mail rst	unreachable mail 0	unreachable mail 0
quit 421	delivered end 250	delivered end 250
quit 451	delivered end 250	delivered end 250
quit 530	delivered end 250	delivered end 250
quit 550	delivered end 250	delivered end 250
quit close	delivered end 250	delivered end 250
quit garbage	delivered end 250	delivered end 250
quit hang	delivered end 250	delivered end 250
quit rst	delivered end 250	delivered end 250
rcpt 421	deferred rcpt 421	deferred rcpt 421
rcpt 451	deferred rcpt 451	deferred rcpt 451
rcpt 530	unreachable rcpt 530	unreachable rcpt 530
rcpt 550	refused rcpt 550	refused rcpt 550
rcpt close	unreachable rcpt 0	unreachable rcpt 0
rcpt garbage	unreachable rcpt 0	unreachable rcpt 0
rcpt hang	unreachable rcpt 0	unreachable rcpt 0
rcpt lines	refused rcpt 550	refused rcpt 550
rcpt rst	unreachable rcpt 0	unreachable rcpt 0
second 421	delivered end 250	delivered end 250
second 451	delivered end 250	deferred mail 451
second 530	delivered end 250	unreachable mail 530
second 550	delivered end 250	refused mail 550
second close	delivered end 250	delivered end 250
second garbage	delivered end 250	delivered end 250
second hang	delivered end 250	delivered end 250
second rst	delivered end 250	delivered end 250
starttls 421	deferred hello 421	deferred hello 421
starttls 451	deferred hello 451	deferred hello 451
starttls 454	deferred hello 454	deferred hello 454
starttls 530	unreachable hello 530	unreachable hello 530
starttls 550	unreachable hello 550	unreachable hello 550
starttls close	unreachable hello 0	unreachable hello 0
starttls garbage	unreachable hello 0	unreachable hello 0
starttls hang	unreachable hello 0	unreachable hello 0
starttls rst	unreachable hello 0	unreachable hello 0
END

# one_case STAGE FAULT PORT: its result goes to the file done.STAGE.FAULT.
one_case()
{
	set -- "$1" "$2" "smtp://127.0.0.1:$3"
	input=two.tsv
	options=
	case $1 in
	auth) options='-U hc -P password' ;;
	starttls) set -- "$1" "$2" "$3?starttls" ;;
	body) input=big.tsv ;;
	esac
	# shellcheck disable=SC2086
	within 60 "$mailsend" -c 1 -t 1 $options "$3" <$input \
	    >"case.$1.$2" 2>&1 || echo "exit status $?" >>"case.$1.$2"
	mv "case.$1.$2" "done.$1.$2"
}

# all_done N: have N cases ended?
# shellcheck disable=SC2317
all_done()
{
	[ "$(find . -name 'done.*' | wc -l)" -ge "$1" ]
}

n=0
while read -r stage fault case_port; do
	one_case "$stage" "$fault" "$case_port" &
	n=$((n + 1))
	[ $((n % 40)) -ne 0 ] || wait_for 60 all_done $n
done <table
wait_for 60 all_done $n

while read -r stage fault case_port; do
	printf '%s %s' "$stage" "$fault"
	sed 1d "done.$stage.$fault" | awk -F'\t' '
		NF == 5 { printf "\t%s %s %s", $2, $3, $4; next }
		{ printf "\t%s", $0 }'
	echo
done <table | sort >actual
same 'the outcome of every fault at every stage'

is 'a reply of several lines is one, without its control characters' \
	"$(sed -n 2p done.rcpt.lines | cut -f5)" \
	'550 5.1.1 nobody?[2J 5.1.1 of that 5.1.1 name'
is 'a very long reply is cut' \
	"$(sed -n 2p done.mail.long | cut -f5 | tr -d '\n' | wc -c)" 511
is 'the password goes nowhere without TLS' \
	"$(grep -c '^starttls [a-z0-9]* AUTH' log)" 0
is 'and it is the one of the file' \
	"$(sed -n 's/^auth 550 AUTH PLAIN //p' log | sort -u)" \
	"$(printf '\0hc\0secret' | base64)"

# What the relay took and what we call delivered or doubtful.
taken()
{
	grep -c "^$1 MESSAGE\$" log
}
for case in 'idle 421' 'idle close' 'idle rst' 'second 421' 'second hang' \
    'second close' 'second rst' 'quit hang' 'quit rst' 'end 251'; do
	is "$case: two messages taken, none twice" "$(taken "$case")" 2
done
for case in 'body 421' 'body close' 'body rst' 'body hang' 'data hang' \
    'end 451' 'end 550'; do
	is "$case: none taken" "$(taken "$case")" 0
done

# No TLS where it is wanted is no reason to do without.
printf 'id\tto\n1\ta@example.jp\n' |
	"$mailsend" "smtp://127.0.0.1:$port?starttls" >actual
is 'a relay without STARTTLS' "$(outcomes actual)" '1 unreachable hello 0'

# --- injection -----------------------------------------------------------

: >log
cat >bad.tsv <<'END'
id	from	to	header_to	subject	raw
1	hc@example.jp	a@example.jp>\r\nRCPT TO:<evil@example.jp	x@example.jp	x	
2	hc@example.jp	a@example.jp\r\nDATA	x@example.jp	x	
3	hc@example.jp>\r\nRCPT TO:<evil@example.jp	a@example.jp	x@example.jp	x	
4	hc@example.jp> SIZE=1	a@example.jp	x@example.jp	x	
5	hc@example.jp	a@example.jp,evil@example.jp	x@example.jp	x	
6	hc@example.jp	<a@example.jp>	x@example.jp	x	
7	hc@example.jp	a@example.jp\n	x@example.jp	x	
8	hc@example.jp	a@example.jp	x@example.jp\r\nBcc: evil@example.jp	x	
9	hc@example.jp	a@example.jp	x@example.jp	x\r\nBcc: evil@example.jp	
10	hc@example.jp	a@example.jp	x@example.jp	x\nBcc: evil@example.jp	
11	hc@example.jp	a@example.jp	x@example.jp	x	A: b\r\n\r\nx\n.\nMAIL FROM:<evil@example.jp>\r\n
12	hc@example.jp	a@example.jp	x@example.jp	x	A: b\r\n\r\nx\r.\rMAIL FROM:<evil@example.jp>\r\n
13	hc@example.jp	a@example.jp	x@example.jp	x	A: b\r\n\r\nx\r\n.\r
14	hc@example.jp	a@example.jp	x@example.jp	x	A: b\r\n\r\nx
15	hc@example.jp	あ@example.jp	x@example.jp	x	
16	hc@example.jp	a@exa mple.jp	x@example.jp	x	
17	hc@example.jp	@example.jp	x@example.jp	x	
18	hc@example.jp	a@	x@example.jp	x	
19	hc@example.jp	"a b"@example.jp	x@example.jp	x	
END
"$mailsend" "smtp://127.0.0.1:$port" <bad.tsv >actual
is 'all are refused' "$(cut -f2 actual | sort | uniq -c | tr -s ' ')" \
	"$(printf ' 19 invalid\n 1 outcome')"
is 'and nothing is said to the relay' "$(cat log)" ''

# Dots at the beginning of lines and commands in the text are only text.
cat >dots.tsv <<'END'
id	to	raw
1	a@example.jp	A: b\r\n\r\n.\r\n..\r\n.x\r\nMAIL FROM:<evil@example.jp>\r\n.\r\n
END
"$mailsend" -c 1 -H desk.example.jp "smtp://127.0.0.1:$port" <dots.tsv >actual
is 'a text of dots is delivered' "$(outcomes actual)" '1 delivered end 250'
cat >expected <<'END'
none none EHLO desk.example.jp
none none MAIL FROM:<hc@example.jp>
none none RCPT TO:<a@example.jp>
none none DATA
none none DATA A: b
none none DATA
none none DATA ..
none none DATA ...
none none DATA ..x
none none DATA MAIL FROM:<evil@example.jp>
none none DATA ..
none none MESSAGE
none none QUIT
END
sed 's/ $//' log >actual
same 'and no line of it is a command or its end'

# --- Maildir ---------------------------------------------------------------

: >log
cat >mails.tsv <<'END'
id	from	to	subject	text
1	hc+1@example.jp	a..b@docomo.ne.jp	健康観察	おはようございます
2	<>	b@example.jp	plain	hello
2	<>	b@example.jp	plain	hello
END
"$mailsend" "maildir:$PWD/Maildir" <mails.tsv >actual
is 'three are delivered' "$(outcomes actual | tr '\n' ,)" \
	'1 delivered end 250,2 delivered end 250,2 delivered end 250,'
is 'three files are there, the same message twice is two' \
	"$(find Maildir/new -type f | wc -l)" 3
is 'nothing is left in tmp' "$(find Maildir/tmp -type f | wc -l)" 0
is 'for the owner only' "$(find Maildir -perm /077)" ''
file=$(grep -l docomo Maildir/new/*)
is 'the name is told' "$(sed -n 's/^1.*stored as //p' actual)" \
	"${file#Maildir/}"
is 'lines end in LF' "$(grep -c "$(printf '\r')" "$file")" 0
is 'the envelope stands before it' "$(sed 2q "$file")" \
	"$(printf 'Return-Path: <hc+1@example.jp>\n%s' \
	'Delivered-To: "a..b"@docomo.ne.jp')"
is 'the null sender' "$(grep -c '^Return-Path: <>$' Maildir/new/* |
	grep -c ':1$')" 2

# A disk that is full or broken.
# broken CALL ERROR WHEN WANTED
broken()
{
	before=$(find Maildir/new -type f | wc -l)
	HC_TOOL='' strace -f -qq -o /dev/null -e "trace=$1" \
	    -e "inject=$1:error=$2:when=$3" \
	    "$mailsend" -c 1 "maildir:$PWD/Maildir" <one.tsv >actual
	is "$1 number $3 fails with $2" "$(outcomes actual)" "$4"
	is 'and what is in new is what is said' \
	    $(($(find Maildir/new -type f | wc -l) - before)) "${5-0}"
	is 'and nothing stays in tmp' "$(find Maildir/tmp -type f)" ''
}
if command -v strace >/dev/null && [ "${HC_BUILD##*/}" != asan ]; then
	broken fsync EIO 1 '1 unreachable data 0'
	broken fsync ENOSPC 1 '1 deferred data 0'
	broken link EIO 1 '1 unreachable data 0'
	broken fsync EIO 2 '1 doubtful end 0' 1
else
	skip 'a broken disk' 'no strace, or not together with a sanitizer'
fi

exits 66 "$mailsend" "maildir:$PWD/no/Maildir" <mails.tsv
exits 66 "$mailsend" "maildir:$PWD/mails.tsv" <mails.tsv
rm -rf Maildir/new/* && rmdir Maildir/new && : >Maildir/new
exits 66 "$mailsend" "maildir:$PWD/Maildir" <mails.tsv

# --- a real relay ------------------------------------------------------------

if [ "$(id -u)" != 0 ] || ! command -v postfix >/dev/null; then
	skip 'delivery through Postfix' 'needs root and postfix'
	done_testing
fi
if ! postfix_start; then
	fail 'Postfix starts'
	done_testing
fi
cat >mails.tsv <<'END'
id	from	to	subject	text
1	hc+1@example.jp	a..b@docomo.ne.jp	健康観察のお願い	おはようございます。\n本日の体温は？\n
2	hc+2@example.jp	.a.@ezweb.ne.jp	health check	.\n..\nFrom here\nlast
3	hc+3@example.jp	a..b.@docomo.ne.jp	x	x
4	hc+4@example.jp	-a-@docomo.ne.jp	x	x
5	hc+5@example.jp	a/b?c+d_e@jp-t.ne.jp	x	x
6	hc+6@example.jp	plain@example.jp	x	x
7	<>	null@example.jp	x	x
8	hc+8@example.jp	unknown@example.jp	x	x
9	hc+9@example.jp	later@example.jp	x	x
10	hc+10@example.jp	a@elsewhere.example	x	x
END
"$mailsend" -c 2 "smtp://$relay" <mails.tsv >results
cat >expected <<'END'
1 delivered end 250
2 delivered end 250
3 delivered end 250
4 delivered end 250
5 delivered end 250
6 delivered end 250
7 delivered end 250
8 refused rcpt 554
9 deferred rcpt 450
10 refused rcpt 554
END
outcomes results >actual
same 'what Postfix takes, refuses and puts off'
wait_for 20 mail_arrived 7
is 'seven messages arrive' "$(mail_count)" 7
queue_id=$(sed -n 's/^1\t.*queued as //p' results)
ok 'the queue id of the reply is the one of the log' \
	grep -q "$queue_id: to=<\"a..b\"@docomo.ne.jp>.*status=sent" \
	"$postfix_log"
cat >expected <<'END'
".a."@ezweb.ne.jp ".a."@ezweb.ne.jp
"a..b"@docomo.ne.jp "a..b"@docomo.ne.jp
"a..b."@docomo.ne.jp "a..b."@docomo.ne.jp
-a-@docomo.ne.jp -a-@docomo.ne.jp
a/b?c+d_e@jp-t.ne.jp a/b?c+d_e@jp-t.ne.jp
null@example.jp null@example.jp
plain@example.jp plain@example.jp
END
for file in "$maildir"/*; do
	sed -n 's/^Delivered-To: //p; s/^To: //p' "$file" | paste -sd' '
done | sort >actual
same 'to the mailboxes as they were given, in quotes where RFC 5322 wants it'

"$mailsend" -C "$postfix_ca" "smtp://$relay?starttls" <one.tsv >actual
is 'with STARTTLS' "$(outcomes actual)" '1 delivered end 250'
ok 'it really was TLS' grep -q 'starttls=1 mail=1' "$postfix_log"
"$mailsend" "smtp://$relay?starttls" <one.tsv >actual
is 'an unknown authority' "$(outcomes actual)" '1 unreachable hello 0'
"$mailsend" -C "$postfix_ca" "smtp://localhost:${relay#*:}?starttls" \
	<one.tsv >actual
is 'a certificate for another name' "$(outcomes actual)" \
	'1 unreachable hello 0'

# A connection that the relay closed between two messages.
postconf -c "$postfix_dir/etc" smtpd_timeout=1s
postfix -c "$postfix_dir/etc" reload >/dev/null 2>&1
sleep 1
"$mailsend" -c 1 -w 2500 "smtp://$relay" <two.tsv >actual
is 'closed by the relay after a second: opened again' \
	"$(outcomes actual | tr '\n' ,)" '1 delivered end 250,2 delivered end 250,'
wait_for 10 mail_arrived 10
is 'all have arrived once' "$(mail_count)" 10

done_testing
