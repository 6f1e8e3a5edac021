# Files of an office suite: a workbook of one sheet (xlsx), a Word document
# with one table (docx).  Both are zips of XML, stored without compression, so
# that the same cells give the same bytes on every machine.
package Sample::Book;
use v5.36;
use utf8;

use Encode ();
use Exporter 'import';
use IO::Compress::Zip qw($ZipError ZIP_CM_STORE);
our @EXPORT_OK = qw(book_workbook book_document);

my $NS = 'http://schemas.openxmlformats.org';
my $RELS = "$NS/officeDocument/2006/relationships";
my $TYPES = 'application/vnd.openxmlformats-officedocument';
my $EPOCH = -25569;	# 1899-12-30, from which workbooks count days
my $DATE_STYLE = 1;	# see styles(): yyyy年m月d日

# A workbook whose sheet $title has @$rows; a cell is a text, or { day }.
sub book_workbook ($path, $title, $rows)
{
	my $sheet = '<sheetData>' . join('', map {
		sheet_row($_ + 1, $rows->[$_]) } 0 .. $#$rows) . '</sheetData>';

	package_write($path, 'xl/workbook.xml',
	    "$TYPES.spreadsheetml.sheet.main+xml", [
		['xl/workbook.xml', "<workbook xmlns='$NS/spreadsheetml/2006/main'" .
		    " xmlns:r='$RELS'><sheets><sheet name='" . escape($title) .
		    "' sheetId='1' r:id='rId1'/></sheets></workbook>"],
		['xl/_rels/workbook.xml.rels', rels(
		    ["$RELS/worksheet", 'worksheets/sheet1.xml'],
		    ["$RELS/styles", 'styles.xml'])],
		['xl/worksheets/sheet1.xml', "<worksheet xmlns='" .
		    "$NS/spreadsheetml/2006/main'>$sheet</worksheet>"],
		['xl/styles.xml', styles()],
	    ], '/xl/worksheets/sheet1.xml' =>
	    "$TYPES.spreadsheetml.worksheet+xml",
	    '/xl/styles.xml' => "$TYPES.spreadsheetml.styles+xml");
}

sub sheet_row ($number, $cells)
{
	my $text = '';

	for my $i (0 .. $#$cells) {
		my $place = chr(ord('A') + $i) . $number;
		my $cell = $cells->[$i];
		$text .= ref $cell ? "<c r='$place' s='$DATE_STYLE'><v>" .
		    ($cell->{day} - $EPOCH) . '</v></c>' :
		    "<c r='$place' t='inlineStr'><is><t xml:space='preserve'>" .
		    escape($cell) . '</t></is></c>' if ref $cell || $cell ne '';
	}
	return "<row r='$number'>$text</row>";
}

# Number format 31 is Excel's own for days in Japan.
sub styles ()
{
	my $plain = "<xf numFmtId='0'/>";

	return "<styleSheet xmlns='$NS/spreadsheetml/2006/main'>" .
	    "<fonts count='1'><font/></fonts><fills count='1'><fill><patternFill/></fill></fills>" .
	    "<borders count='1'><border/></borders>" .
	    "<cellStyleXfs count='1'>$plain</cellStyleXfs>" .
	    "<cellXfs count='2'>$plain<xf numFmtId='31'" .
	    " applyNumberFormat='1'/></cellXfs></styleSheet>";
}

# A document with the line $title above a table of @$rows of texts.
sub book_document ($path, $title, $rows)
{
	my $grid = '<w:tblGrid>' . '<w:gridCol/>' x @{$rows->[0]} .
	    '</w:tblGrid>';
	my $table = join '', map {
		'<w:tr>' . join('', map { "<w:tc>" . paragraph($_) .
		    '</w:tc>' } @$_) . '</w:tr>' } @$rows;

	package_write($path, 'word/document.xml',
	    "$TYPES.wordprocessingml.document.main+xml",
	    [['word/document.xml', "<w:document xmlns:w='" .
		"$NS/wordprocessingml/2006/main'><w:body>" .
		paragraph($title) . "<w:tbl>$grid$table</w:tbl>" .
		paragraph('') . '</w:body></w:document>']]);
}

sub paragraph ($text)
{
	return "<w:p><w:r><w:t xml:space='preserve'>" . escape($text) .
	    '</w:t></w:r></w:p>';
}

sub escape ($text)
{
	return $text =~ s/&/&amp;/gr =~ s/</&lt;/gr =~ s/'/&apos;/gr;
}

sub rels (@to)
{
	my $n = 0;

	return "<Relationships xmlns='$NS/package/2006/relationships'>" .
	    join('', map { $n++; "<Relationship Id='rId$n' Type='$_->[0]'" .
	    " Target='$_->[1]'/>" } @to) . '</Relationships>';
}

# The zip of @$parts, [name, XML]; $main is the part to begin with.
sub package_write ($path, $main, $type, $parts, %types)
{
	my $rels = 'application/vnd.openxmlformats-package.relationships+xml';

	$types{"/$main"} = $type;
	my $all = "<Types xmlns='$NS/package/2006/content-types'>" .
	    "<Default Extension='rels' ContentType='$rels'/>" .
	    "<Default Extension='xml' ContentType='application/xml'/>" .
	    join('', map { "<Override PartName='$_'" .
	    " ContentType='$types{$_}'/>" } sort keys %types) . '</Types>';
	my @all = (['[Content_Types].xml', $all],
	    ['_rels/.rels', rels(["$RELS/officeDocument", $main])], @$parts);
	my $zip;

	for (@all) {
		my %with = (Name => $_->[0], Time => 315_532_800,
		    Method => ZIP_CM_STORE, Minimal => 1);
		if ($zip) {
			$zip->newStream(%with);
		} else {
			$zip = IO::Compress::Zip->new($path, %with) or
			    die "cannot create '$path': $ZipError\n";
		}
		$zip->print(Encode::encode_utf8("<?xml version='1.0'" .
		    " encoding='UTF-8'?>$_->[1]"));
	}
	$zip->close or die "cannot write '$path': $ZipError\n";
}

1;
