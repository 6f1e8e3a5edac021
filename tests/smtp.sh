# shellcheck shell=sh
# A real mail relay for tests: a Postfix of our own.  After tests/lib.sh:
#
#	. "$HC_ROOT/tests/smtp.sh"
#	need_postfix		skip_all where there is no root or no Postfix
#	postfix_start		sets $relay ("127.0.0.1:PORT"), $maildir,
#				$postfix_log and $postfix_ca
#	mail_count		how many messages have arrived in $maildir
#	mail_arrived N		true when N or more have
#	mail_find TEXT		the files in $maildir that hold TEXT
#	postfix_stop		(also done when the test ends)
#
# Everything for @example.jp and three old carrier domains goes into one
# Maildir; unknown@example.jp is refused (550), later@example.jp put off
# (450); mail for any other domain is refused, so that none can leave.  It
# offers STARTTLS with a certificate for 127.0.0.1 signed by $postfix_ca.
# Nothing of the system's own Postfix is read or written.  One setting is not
# as Postfix comes, and any relay for old mobile addresses needs it:
# allow_min_user, for -a@docomo.ne.jp.

need_postfix()
{
	[ "$(id -u)" = 0 ] || skip_all 'Postfix needs root to start'
	need postfix postmap openssl
	[ -x /usr/lib/postfix/sbin/master ] ||
	    skip_all 'no /usr/lib/postfix/sbin/master'
}

# A certificate authority that lives as long as the test.
postfix_certificate()
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout "$1/ca.key" -out "$1/ca.pem" -days 2 \
	    -subj '/CN=test authority' 2>/dev/null &&
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout "$1/relay.key" -out "$1/relay.csr" \
	    -subj '/CN=relay.example.jp' 2>/dev/null &&
	printf 'subjectAltName=IP:127.0.0.1\n' >"$1/relay.ext" &&
	openssl x509 -req -in "$1/relay.csr" -CA "$1/ca.pem" \
	    -CAkey "$1/ca.key" -CAcreateserial -days 2 \
	    -extfile "$1/relay.ext" -out "$1/relay.pem" 2>/dev/null
}

# postfix_config FOLDER PORT
postfix_config()
{
	cat >"$1/etc/main.cf" <<-END
	compatibility_level = 3.6
	queue_directory = $1/queue
	data_directory = $1/data
	command_directory = /usr/sbin
	daemon_directory = /usr/lib/postfix/sbin
	mail_owner = postfix
	setgid_group = postdrop
	maillog_file = /dev/stdout
	myhostname = relay.example.jp
	mydestination =
	relay_domains =
	mynetworks = 127.0.0.0/8
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	disable_dns_lookups = yes
	smtpd_peername_lookup = no
	local_recipient_maps =
	alias_maps =
	alias_database =
	local_transport = error:no local users
	relay_transport = error:no relaying
	default_transport = error:no relaying
	smtpd_relay_restrictions = reject_unauth_destination
	smtpd_recipient_restrictions = check_recipient_access
	 inline:{unknown@example.jp=REJECT, {later@example.jp=450 4.2.0 later}}
	virtual_mailbox_domains = example.jp docomo.ne.jp ezweb.ne.jp
	 jp-t.ne.jp
	virtual_mailbox_maps = static:box/
	virtual_mailbox_base = $1/mail
	virtual_minimum_uid = 1
	virtual_uid_maps = static:65534
	virtual_gid_maps = static:65534
	smtpd_tls_security_level = may
	smtpd_tls_chain_files = $1/relay.key $1/relay.pem
	allow_min_user = yes
	smtpd_client_connection_count_limit = 0
	smtpd_client_connection_rate_limit = 0
	END
	cat >"$1/etc/master.cf" <<-END
	127.0.0.1:$2 inet n - n - - smtpd
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 300 1 qmgr
	tlsmgr unix - - n 1000? 1 tlsmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	error unix - - n - - error
	retry unix - - n - - error
	virtual unix - n n - - virtual
	anvil unix - - n - 1 anvil
	postlog unix-dgram n - n - 1 postlogd
	END
}

# The folder is not below $PWD, which only root may enter.
# shellcheck disable=SC2034,SC2154
postfix_start()
{
	postfix_dir=$(mktemp -d /tmp/hc-postfix.XXXXXX) || return 1
	trap 'postfix_stop; tests_end' EXIT
	chmod 755 "$postfix_dir"
	mkdir "$postfix_dir/etc" "$postfix_dir/queue" "$postfix_dir/data" \
	    "$postfix_dir/mail"
	chown postfix "$postfix_dir/data"
	chown nobody "$postfix_dir/mail"
	postfix_certificate "$postfix_dir" || return 1
	cat >"$postfix_dir/run" <<-END
	. "$HC_ROOT/tests/smtp.sh"
	postfix_config "$postfix_dir" "\$1"
	exec postfix -c "$postfix_dir/etc" start-fg >"$postfix_dir/log" 2>&1
	END
	postfix_log=$postfix_dir/log
	if ! serve sh "$postfix_dir/run" @PORT@; then
		note_file "$postfix_log"
		return 1
	fi
	relay=127.0.0.1:$port
	maildir=$postfix_dir/mail/box/new
	postfix_ca=$postfix_dir/ca.pem
}

postfix_stop()
{
	[ -n "${postfix_dir-}" ] || return 0
	# The process that serve started is a shell that waits for this one,
	# which ends all its daemons.
	[ -s "$postfix_dir/queue/pid/master.pid" ] &&
	    read -r postfix_master <"$postfix_dir/queue/pid/master.pid" &&
	    end "$postfix_master"
	rm -rf "$postfix_dir"
	postfix_dir=
}

mail_count()
{
	find "$maildir" -type f 2>/dev/null | wc -l
}

mail_arrived()
{
	[ "$(mail_count)" -ge "$1" ]
}

mail_find()
{
	grep -rlF -e "$1" "$maildir" 2>/dev/null
}
