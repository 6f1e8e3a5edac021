# Two lists of invented people, a.csv and b.csv, and what the second one says
# of the first: truth.tsv has for each row of b.csv its kind and the row of
# a.csv that is the same person, 0 where nobody is.
#
#	awk -v pairs=1000 -v others=1000 -v more=8000 -f alike-make.awk
function draw(n) {
	seed = (seed * 1103515 + 12345) % 2147483648
	return int(seed / 65536) % n
}
function pad(n, width) { return sprintf("%0" width "d", n) }
function date(y, m, d) { return y "-" pad(m, 2) "-" pad(d, 2) }
# No two people have the same name and birth date.
function key(p) {
	return p["f"] " " p["g"] " " date(p["y"], p["m"], p["d"])
}
function person(p) {
	do {
		p["f"] = 1 + draw(nf); p["g"] = 1 + draw(ng)
		p["y"] = 1930 + draw(85)
		p["m"] = 1 + draw(12); p["d"] = 1 + draw(28)
	} while (key(p) in used)
	used[key(p)]
	p["tel"] = "090-0" pad(draw(1000), 3) "-" pad(draw(10000), 4)
	p["street"] = "本町" (1 + draw(99)) "-" (1 + draw(40)) "-" (1 + draw(20))
}
function row(file, n, name, kana, birth, sex, tel, street) {
	print n "," name "," kana "," birth "," sex "," tel "," street \
	    ",2020-12-01" > file
}
function first(n, p) {
	row("a.csv", n, family[p["f"]] "　" given[p["g"]], \
	    fkana[p["f"]] "　" gkana[p["g"]], date(p["y"], p["m"], p["d"]), \
	    gsex[p["g"]], p["tel"], p["street"])
}
function foreign(p) {
	p["x"] = last[1 + draw(nl)]; p["v"] = middle[1 + draw(nm)]
	p["z"] = front[1 + draw(nr)]
}
# Another digit at the end.
function slip(tel) {
	return substr(tel, 1, length(tel) - 1) \
	    (substr(tel, length(tel)) + 1 + draw(9)) % 10
}
# The given name that differs in its last kanji, or the same.
function typo(g,   i, j) {
	for (i = 0; i < ng; i++) {
		j = (g + i) % ng + 1
		if (j != g && substr(given[j], 1, 1) == substr(given[g], 1, 1) &&
		    gkana[j] != gkana[g])
			return j
	}
	return 0
}
# The same person as row ${n} of the first list, written otherwise.
function second(n, kind, p,   name, kana, birth, tel, street, sex, t) {
	name = family[p["f"]] "　" given[p["g"]]
	kana = fkana[p["f"]] "　" gkana[p["g"]]
	birth = date(p["y"], p["m"], p["d"])
	tel = p["tel"]; street = p["street"]; sex = gsex[p["g"]]
	if (kind == "kanji") {		# heard, and written as it may be
		name = other[p["f"]] "　" given[p["g"]]; tel = ""
	} else if (kind == "kana") {	# only kana, no telephone
		name = kana; kana = ""; tel = ""
	} else if (kind == "phone") {	# one digit, no birth date
		tel = slip(tel); birth = ""; kana = ""
	} else if (kind == "swapped") {	# month and day
		birth = date(p["y"], p["d"], p["m"]); kana = ""
		tel = "048-000-" pad(draw(10000), 4)
	} else if (kind == "digit") {	# of the birth date
		birth = date(p["y"], p["m"], p["d"] + \
		    (p["d"] % 10 < 8 && p["d"] < 28 ? 1 : -1))
		kana = ""; tel = ""
	} else if (kind == "era") {
		birth = date(p["y"] + (p["y"] < 1952 ? 63 : -25), p["m"],
		    p["d"])
		tel = ""
	} else if (kind == "letter") {	# one kanji, no kana, no telephone
		name = other[p["f"]] "　" given[p["g"]]; kana = ""; tel = ""
	} else if (kind == "order") {	# of a foreign name
		name = p["v"] " " p["z"] " " p["x"]; kana = ""; tel = ""
	} else if (kind == "middle") {	# name left out
		name = toupper(p["x"] " " p["z"]); kana = ""; tel = ""
	} else if (kind == "married") {
		t = p["f"] % nf + 1
		name = family[t] "　" given[p["g"]]
		kana = fkana[t] "　" gkana[p["g"]]; street = ""
	}
	row("b.csv", 50000 + n, name, kana, birth, sex, tel, street)
	print kind "\t" n > "truth.tsv"
}
# Somebody else, who has much in common with row ${n}.
function stranger(n, kind, p,   q) {
	person(q)
	if (kind == "family") {		# surname, number and address
		q["f"] = p["f"]
		q["tel"] = p["tel"]; q["street"] = p["street"]
		if (q["y"] == p["y"])
			q["y"] += 7
	} else if (kind == "namesake") {
		q["f"] = p["f"]; q["g"] = p["g"]
		q["y"] = 1930 + (p["y"] - 1930 + 37) % 85
	} else if (kind == "birthday") {
		q["y"] = p["y"]; q["m"] = p["m"]; q["d"] = p["d"]
	}
	while (key(q) in used)
		q["y"]--
	used[key(q)]
	row("b.csv", 50000 + n, family[q["f"]] "　" given[q["g"]], \
	    fkana[q["f"]] "　" gkana[q["g"]], date(q["y"], q["m"], q["d"]), \
	    gsex[q["g"]], q["tel"], q["street"])
	print kind "\t0" > "truth.tsv"
}
BEGIN {
	seed = 20201201
	nf = split("太田 安部 河合 伊東 菊地 上田 増田 三好 丸山 古谷 小沢 堀田 吉川 坂井 三上 平野 荒木 新井 相田 若林", family, " ")
	split("大田 阿部 川合 伊藤 菊池 植田 益田 三吉 円山 古屋 尾沢 堀多 芳川 酒井 見上 平能 新木 荒井 会田 若囃", other, " ")
	split("オオタ アベ カワイ イトウ キクチ ウエダ マスダ ミヨシ マルヤマ フルヤ オザワ ホッタ ヨシカワ サカイ ミカミ ヒラノ アラキ アライ アイダ ワカバヤシ", fkana, " ")
	ng = split("健一 健太 健二 翔太 翔平 大輔 大樹 直樹 直人 和也 拓海 誠 茂 勇気 正男 美咲 美優 恵子 恵美 由美 由香 陽子 陽菜 さくら 千代 和子 裕子 幸子 明日香 菜々子", given, " ")
	split("ケンイチ ケンタ ケンジ ショウタ ショウヘイ ダイスケ ダイキ ナオキ ナオト カズヤ タクミ マコト シゲル ユウキ マサオ ミサキ ミユ ケイコ エミ ユミ ユカ ヨウコ ヒナ サクラ チヨ カズコ ユウコ サチコ アスカ ナナコ", gkana, " ")
	for (i = 1; i <= ng; i++)
		gsex[i] = i <= 15 ? "男" : "女"
	nl = split("Nguyen Tran Pham Silva Santos Gurung Thapa Reyes", last, " ")
	nm = split("Van Thi Maria Kumar Bahadur Dela", middle, " ")
	nr = split("Anh Linh Carlos Sita Ramesh Jose Hoa Minh", front, " ")
	nk = split("kanji kana phone swapped digit era letter order middle married", kinds, " ")
	ns = split("family namesake birthday nobody", strangers, " ")
	head = "番号,氏名,フリガナ,生年月日,性別,電話番号,住所,陽性判明日"
	print head > "a.csv"
	print head > "b.csv"
	for (n = 1; n <= pairs + others + more; n++) {
		person(p)
		kind = n <= pairs ? kinds[n % nk + 1] : ""
		if (kind == "swapped") {
			p["d"] = 1 + draw(12)
			if (p["d"] == p["m"])
				p["m"] = p["m"] % 12 + 1
		}
		if (kind == "order" || kind == "middle") {
			foreign(p)
			row("a.csv", n, toupper(p["x"]) " " p["v"] " " \
			    p["z"], "", date(p["y"], p["m"], p["d"]),
			    gsex[p["g"]], p["tel"], p["street"])
		} else
			first(n, p)
		if (n <= pairs)
			second(n, kind, p)
		else if (n <= pairs + others)
			stranger(n, strangers[n % ns + 1], p)
	}
}
