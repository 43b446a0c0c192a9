#!/usr/bin/perl
# A service centre by Net::SMPP, one connection after the other. What it sees it prints, one JSON object a line.
use strict;
use warnings;
use IO::Handle;
use Net::SMPP;

my ($port) = @ARGV;
STDOUT->autoflush(1);
$SIG{PIPE} = 'IGNORE';
my $listener = Net::SMPP->new_listen('127.0.0.1', port => $port) or die "cannot listen on $port: $!";

my $id = 0x7f00;
while (1) {
    my $peer = $listener->accept or next;
    # Without this the library waits for the answer to each request of its own before it reads anything else.
    ${*$peer}{async} = 1;
    serve($peer);
    close $peer;
}

sub serve {
    my ($peer) = @_;
    while (my $pdu = $peer->read_pdu()) {
        my $command = $pdu->{cmd};
        if ($command == 0x00000009) {
            print qq({"kind":"bind","systemId":"$pdu->{system_id}"}\n);
            $peer->bind_transceiver_resp(system_id => 'perl', seq => $pdu->{seq});
        } elsif ($command == 0x00000004) {
            submitted($peer, $pdu);
        } elsif ($command == 0x00000015) {
            $peer->enquire_link_resp(seq => $pdu->{seq});
        } elsif ($command == 0x80000005) {
            print qq({"kind":"answered","status":$pdu->{status}}\n);
        } elsif ($command == 0x00000006) {
            print qq({"kind":"unbind"}\n);
            $peer->unbind_resp(seq => $pdu->{seq});
            return;
        }
    }
}

sub submitted {
    my ($peer, $pdu) = @_;
    my $hex = unpack 'H*', $pdu->{short_message};
    print qq({"kind":"submit","to":"$pdu->{destination_addr}","from":"$pdu->{source_addr}","dataCoding":$pdu->{data_coding},"esmClass":$pdu->{esm_class},"hex":"$hex"}\n);
    $id++;
    $peer->submit_sm_resp(message_id => sprintf('%X', $id), seq => $pdu->{seq});
    my %back = (
        source_addr_ton => 1, source_addr_npi => 1, source_addr => $pdu->{destination_addr},
        dest_addr_ton => 1, dest_addr_npi => 1, destination_addr => $pdu->{source_addr},
    );
    # The id in decimal, as many do.
    $peer->deliver_sm(%back, esm_class => 0x04,
        short_message => "id:$id sub:001 dlvrd:001 submit date:2611221000 done date:2611221000 stat:DELIVRD err:000 text:");
    return if $pdu->{short_message} !~ /\?/;
    if ($pdu->{short_message} =~ /long/) {
        my @parts = ('Yes, the first part. ', 'And the second one. ', 'And the last.');
        for my $part (3, 1, 2) {
            $peer->deliver_sm(%back, esm_class => 0x40, data_coding => 0,
                short_message => pack('C6', 5, 0, 3, 77, 3, $part) . $parts[$part - 1]);
        }
        return;
    }
    # U+1F600 by its two surrogates, after letters of Cyrillic.
    $peer->deliver_sm(%back, data_coding => 8, short_message => pack('n*', 0x0414, 0x0430, 0x0020, 0xd83d, 0xde00));
}
