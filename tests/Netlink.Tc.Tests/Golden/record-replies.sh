#!/usr/bin/env bash
# Records what the running kernel answers tc: record-replies.sh > replies-6.12.txt. Needs root and strace; works in a network namespace
# of its own. Parts that the kernel lacks are left out, so record under a stock kernel, too:
#   tests/vm/run.sh 6.12 --shell tests/Netlink.Tc.Tests/Golden/record-replies.sh
set -euo pipefail
if [[ ${1:-} != --inside ]]; then
    exec unshare -n bash "${BASH_SOURCE[0]}" --inside
fi

trace=$(mktemp)
trap 'rm -f "$trace"' EXIT
[[ ! -d /proc/sys/net/ipv6/conf/default ]] || echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 # its neighbour discovery would count
ip link add d4 index 4 up type ifb
ip link add d5 index 5 up type ifb
echo "# Linux $(uname -r | cut -d. -f1,2); $(tc -V | grep -o "iproute2-[0-9.]*"); links: d4 has index 4, d5 index 5"

# made COMMAND: carried out, and noted where the kernel lacks the part.
made() {
    # shellcheck disable=SC2086
    if tc $1 >/dev/null 2>&1; then echo "# made: tc $1"; else echo "# refused: tc $1"; fi
}

# told COMMAND: the datagrams of the answer, without the end of the dump; the second one has #2 behind the command.
told() {
    # shellcheck disable=SC2086
    strace -e trace=recvmsg -e read=3 -s 0 -o "$trace" tc $1 >/dev/null 2>&1
    awk -v command="tc $1" '
        function flush() {
            if (substr(hex, 9, 4) ~ /^2[48c]00$/)
                print "# " command (n++ ? " #" n : "") "\n" hex
            hex = ""
        }
        /^recvmsg\(/ { flush() }
        /^ \| [0-9a-f]+  / { part = substr($0, 11, 49); gsub(/ /, "", part); hex = hex part }
        END { flush() }' "$trace"
}

made 'qdisc add dev d4 root handle 1: htb default 20 r2q 50'
made 'class add dev d4 parent 1: classid 1:1 htb rate 100mbit ceil 40gbit burst 128k cburst 256k quantum 1500'
made 'class add dev d4 parent 1:1 classid 1:10 htb rate 8mbit ceil 10mbit burst 20k cburst 30k prio 3 quantum 3000 overhead 24 mpu 64'
made 'qdisc add dev d4 parent 1:10 handle 10: bfifo limit 131072'
made 'qdisc add dev d5 clsact'
made 'filter add dev d4 parent 1: protocol ip prio 10 handle 800::1 u32 match ip dst 1.2.3.4 classid 1:10 action mirred egress mirror dev d5'
made 'filter add dev d4 parent 1: protocol ip prio 10 handle 800::2 u32 match mark 0x10 0xffff classid 1:10'
made 'filter add dev d4 parent 1: protocol all prio 11 handle 0x10/0xffff fw classid 1:10'
made 'filter add dev d5 ingress protocol all prio 12 handle 1 matchall action ctinfo cpmark 0xffff goto chain 7'
made 'filter add dev d5 ingress chain 7 protocol ipv6 prio 13 handle 1 matchall action skbedit mark 0x5/0xff priority 1:10 pipe action mirred egress redirect dev d4'
made 'filter add dev d5 egress protocol ip prio 14 handle 1 matchall classid 1:10 action gact drop'
told 'qdisc show'
told 'class show dev d4'
told 'filter show dev d4 parent 1:'
told 'filter show dev d5 ingress'
told 'filter show dev d5 egress'
