# shellcheck shell=sh
# What the tests of hc-notify share.  After tests/lib.sh:
#
#	notify_office N		an office, N persons with an open episode
#				each, p1@example.jp and so on; due.tsv
#	notify_add ENTITY NAMES VALUES...	one record; "|" parts the cells
#	notify_open		tell the form machine, note what it opened
#	notify_states		"state count" of all messages
#	notify_outbox FOLDER	what the mails of a Maildir say, decoded

need sqlite3 perl

notify_office()
{
	hc-init -q --office 112038 --name みどり市保健所 --phone 048-000-0000
	printf '[mail]\nfrom = hc@example.jp\n' >hc.conf
	people=$1 perl -e '
	    print "email\tname\n";
	    print "p$_\@example.jp\t試験 $_\n" for 1 .. $ENV{people}' |
	    hc-edit -q --tsv person >made
	people=$1 perl -e '
	    print "person\tkind\tobserve_until\n";
	    print "$_\tcontact\t2999-01-20\n" for 1 .. $ENV{people}' |
	    hc-edit -q --tsv episode >made
	people=$1 perl -e '
	    print "episode\tday\n"; print "$_\t\n" for 1 .. $ENV{people}' \
	    >due.tsv
}

notify_add()
{
	notify_entity=$1
	shift
	{
		printf '%s\n' "$1"
		printf '%s\n' "$2"
	} | tr '|' '\t' | hc-edit -q --tsv "$notify_entity" >made
}

notify_open()
{
	hc-notify invitations | hc-form open | hc-notify opened -q
}

notify_states()
{
	sqlite3 -separator ' ' hc.db 'SELECT state, count(*) FROM message
	    GROUP BY state ORDER BY state'
}

notify_outbox()
{
	cat >decode.pl <<-'END'
	use strict;
	use warnings;
	use MIME::Base64;
	use MIME::QuotedPrint;
	for my $file (sort @ARGV) {
		open my $in, '<', $file or die;
		my ($head, $body) = split /\n\n/, join('', <$in>), 2;
		$head =~ s/\?=\n[ \t]=\?/?==?/g;
		$head =~ s/\n[ \t]/ /g;
		$head =~ s/=\?UTF-8\?B\?(.*?)\?=/decode_base64($1)/ge;
		if ($head =~ /boundary="(.*?)"/) {	# the text comes first
			my ($part) = $body =~ /--\Q$1\E\n(.*?)\n--\Q$1\E/s;
			(my $more, $body) = split /\n\n/, $part, 2;
			$head .= "\n$more";
		}
		$body = $head =~ /base64/ ? decode_base64($body) :
		    decode_qp($body);
		$body =~ s/\r//g;
		print "$head\n\n$body";
	}
	END
	find "$1" -type f -exec perl decode.pl {} +
}
