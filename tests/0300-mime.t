#!/bin/sh
# What hc builds as a mail, another program (Python's email) reads back as
# what was put in; and the bytes are such that no relay has to change them.
. "${0%/*}/lib.sh"

mailsend=$HC_BUILD/tests/bin/mailsend
need "$mailsend" python3

cat >make.py <<'END'
# Write N random messages as a TSV and as JSON of what is expected.
import json, random, sys
n, seed = int(sys.argv[1]), int(sys.argv[2])
r = random.Random(seed)
pieces = ["a", "word", " ", " ", "健康", "観察", "保健所", "é", "ñ", "😷", "ﾊﾝ",
    "=", "?", "=?", "?=", "\"", "\\", ",", "<", ">", "(", ")", "@", ":", ";",
    ".", "'", "&", "%", "ไทย", "नेपाल", "Việt", "か\u3099", "https://form."
    "example.jp/a?b=c&d=e", "x" * 80, "あ" * 60, "-", "_", "  "]
more = ["\n", "\n", "\n.", "\nFrom ", "\n\n", "\t", " \n", "\n--", "\n..\n"]
locals_ = ["a", "a..b", ".a", "a.", "..", "-a-", "a/b?c+d", "x" * 64]

def some(most, kinds):
    return "".join(r.choice(kinds) for _ in range(r.randint(1, most)))

def escape(s):
    return s.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")

rows = {}
columns = ["to", "to_name", "from_name", "subject", "text", "html", "extra",
    "language"]
print("\t".join(["id"] + columns))
for i in range(1, n + 1):
    row = {
        "to": r.choice(locals_) + "@docomo.ne.jp",
        "to_name": some(8, pieces) if r.random() < .7 else "",
        "from_name": some(40, pieces) if r.random() < .7 else "",
        "subject": some(r.choice([2, 10, 60]), pieces),
        "text": some(r.choice([3, 60]), pieces + more),
        "html": some(30, pieces + more) if r.random() < .3 else "",
        "extra": some(r.choice([2, 10, 60]), pieces),
        "language": r.choice(["", "ja", "zh-Hans"]),
    }
    rows[i] = row
    print("\t".join([str(i)] + [escape(row[c]) for c in columns]))
json.dump(rows, open("wanted.json", "w"))
END

cat >check.py <<'END'
# Read the messages back.  By hand where Python's "default" policy tidies.
import email, email.header, email.policy, email.utils, json, os, re, sys

def say(i, what, got, wanted):
    print(f"message {i}: {what}: got {got!r}, wanted {wanted!r}")

def text(value):
    parts = email.header.decode_header(re.sub(r"\r?\n(?=[ \t])", "", value))
    return "".join(p if isinstance(p, str) else p.decode(c or "ascii")
        for p, c in parts)

def lines(s):
    # Line ends are all that a body may lose: the last one is added.
    s = s.replace("\r\n", "\n")
    return s if s.endswith("\n") else s + "\n"

def check(i, raw, row):
    head, body = raw.split(b"\r\n\r\n", 1)
    if re.search(rb"(?<!\r)\n|\r(?!\n)|\0", raw):
        say(i, "line ends", "a CR, LF or NUL alone", "none")
    if max(map(len, raw.split(b"\r\n"))) > 998 or \
            max(map(len, body.split(b"\r\n"))) > 76:
        say(i, "lines", "one too long", "none")
    if re.search(rb"[^\x20-\x7e\r\n\t]", raw):
        say(i, "bytes", "not printable ASCII", "printable ASCII")
    for word in re.findall(rb"=\?UTF-8\?B\?[^?]*\?=", head):
        if len(word) > 75:
            say(i, "encoded word", len(word), 75)
    for line in head.split(b"\r\n"):
        if len(line) > 76 and b" " in line.lstrip(b" ").split(b": ", 1)[-1]:
            say(i, "folding", line, "76 columns")
    m = email.message_from_bytes(raw)
    wanted = ["Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted"]
    wanted += ["Content-Language"] if row["language"] else []
    wanted += ["X-Test"]
    wanted += ["MIME-Version", "Content-Type"]
    wanted += [] if row["html"] else ["Content-Transfer-Encoding"]
    if m.keys() != wanted:
        say(i, "headers", m.keys(), wanted)
    for key, name in ("Subject", "subject"), ("X-Test", "extra"):
        if text(m[key]) != row[name]:
            say(i, key, text(m[key]), row[name])
    for key, name in ("To", "to_name"), ("From", "from_name"):
        # Words of a phrase are told apart by one space, however many.
        value = re.sub(r"\r\n(?=[ \t])", "", m[key])
        found, address = email.utils.parseaddr(value)
        if text(found) != row[name]:
            say(i, key, text(found), row[name])
        if key == "To":
            local, domain = row["to"].split("@")
            quoted = local[0] == "." or local[-1] == "." or ".." in local
            good = f'"{local}"@{domain}' if quoted else row["to"]
            if address != good:
                say(i, key, address, good)
    if email.utils.parsedate_to_datetime(m["Date"]).timestamp() != 1606003200:
        say(i, "Date", m["Date"], "2020-11-22")
    parts = m.get_payload() if m.is_multipart() else [m]
    bodies = [row["text"]] + ([row["html"]] if row["html"] else [])
    if len(parts) != len(bodies):
        return say(i, "parts", len(parts), len(bodies))
    for part, good in zip(parts, bodies):
        got = lines(part.get_payload(decode=True).decode("utf-8"))
        if got != lines(good):
            say(i, part.get_content_type(), got, lines(good))
    if m.defects or any(p.defects for p in parts):
        say(i, "defects", [m.defects] + [p.defects for p in parts], [])

rows = json.load(open("wanted.json"))
for i, row in rows.items():
    with open(f"out/{i}.eml", "rb") as f:
        check(i, f.read(), row)
print("checked", len(rows))
END

n=$(soak 500 20000)
for seed in 1 2 3; do
	rm -rf out
	mkdir out
	python3 make.py "$n" $seed >mails.tsv || exit 1
	"$mailsend" -o out <mails.tsv >results
	is "seed $seed: none of $n is refused" "$(sed 1d results)" ''
	python3 check.py >actual 2>&1
	echo "checked $n" >expected
	same "seed $seed: Python reads back what was written"
done

# The same again by another program that is everywhere: perl's Encode.
if perl -MEncode -e 1 2>/dev/null; then
	printf 'id\tsubject\n1\t%s\n' '健康観察のお願い（川口市保健所）毎朝のご回答' >mails.tsv
	"$mailsend" -o out <mails.tsv >results
	perl -MEncode -ne '
		$head .= $_;
		END {
			($s) = $head =~ /^Subject: (.*?)\r\n(?! )/ms;
			print encode("UTF-8", decode("MIME-Header", $s)), "\n"
		}' out/1.eml >actual
	cut -f2 mails.tsv | sed 1d >expected
	same 'perl reads the subject'
else
	skip 'perl reads the subject' 'no Encode'
fi

# Headers that would be more than headers, from end to end.
cat >bad.tsv <<'END'
id	to_name	from_name	subject	extra	message_id	language	reply_to	header_to
1	x\r\nBcc: evil@example.jp							
2		x\nBcc: evil@example.jp						
3			x\r\n\r\nbody					
4				x\rBcc: evil@example.jp				
5					1@x>\r\nBcc: evil@example.jp			
6						ja\r\nBcc: evil@example.jp		
7							a@b\r\nBcc: evil@example.jp	
8								a@b>, <evil@example.jp
END
rm -rf out
mkdir out
"$mailsend" -o out <bad.tsv >results
is 'eight attempts, eight refused' "$(grep -c invalid results)" 8
is 'and nothing is written' "$(find out -type f)" ''

done_testing
