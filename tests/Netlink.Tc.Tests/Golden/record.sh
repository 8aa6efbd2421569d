#!/usr/bin/env bash
# Records what tc sends into the files beside this script. Needs root and strace; works in a network namespace of its own.
# usage: record.sh [FILE...]; TC=... names another tc than the system's, and its version becomes part of the name of rates-*.txt.
# What the running kernel refuses is recorded all the same: the bytes are those that tc sent.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
TC=${TC:-tc}
version=$($TC -V | grep -o 'iproute2-[0-9.]*')

if [[ ${1:-} != --inside ]]; then
    exec unshare -n env TC="$TC" bash "./$(basename "${BASH_SOURCE[0]}")" --inside "$@"
fi
shift

trace=$(mktemp)
trap 'rm -f "$trace"' EXIT
ip link add d4 index 4 up type ifb
ip link add d5 index 5 up type ifb

# sent COMMAND...: the messages of traffic control that it sends, one hex line each, sequence number and port zeroed.
sent() {
    strace -f -e trace=sendmsg,sendto -e write=3 -s 0 -o "$trace" $TC "$@" >/dev/null 2>&1 || true
    awk '
        function flush() {
            if (substr(hex, 9, 4) ~ /^2[45689ace]00$/ || substr(hex, 9, 4) == "2d00")
                print substr(hex, 1, 16) "0000000000000000" substr(hex, 33)
            hex = ""
        }
        /send(msg|to)\(/ { flush() }
        /^ \| [0-9a-f]+  / { part = substr($0, 11, 49); gsub(/ /, "", part); hex = hex part }
        END { flush() }' "$trace"
}

# record FILE COMMAND...: each command under its own comment.
record() {
    local file=$1 command
    shift
    wanted "$file" || return 0
    {
        echo "# tc utility, $version; links: d4 has index 4, d5 index 5"
        for command in "$@"; do
            echo "# tc $command"
            # shellcheck disable=SC2086
            sent $command
        done
    } >"$file"
}

files=("$@")
wanted() {
    [[ ${#files[@]} -eq 0 || " ${files[*]} " == *" $1 "* ]]
}

record qdiscs.txt \
    'qdisc add dev d4 root handle 1: htb default 20' \
    'qdisc add dev d4 root handle 1: htb default 0xfffe r2q 50 direct_qlen 100' \
    'qdisc replace dev d4 root handle 2: htb default 0 offload' \
    'qdisc add dev d4 parent 1:10 handle 10: bfifo limit 131072' \
    'qdisc change dev d4 parent 1:10 handle 10: bfifo limit 65536' \
    'qdisc replace dev d4 parent 1:10 handle 11: bfifo' \
    'qdisc add dev d4 root handle 1: tbf rate 8mbit burst 9216 limit 131072' \
    'qdisc replace dev d4 parent 1:10 handle 10: tbf rate 100gbit burst 1m limit 2m overhead 24 mpu 64' \
    'qdisc change dev d4 root handle 1: tbf rate 8mbit burst 15k limit 30k peakrate 12mbit mtu 1500' \
    'qdisc add dev d5 ingress' \
    'qdisc add dev d5 clsact' \
    'qdisc del dev d5 ingress' \
    'qdisc del dev d4 root handle 1: htb' \
    'qdisc show'

record classes.txt \
    'class add dev d4 parent 1: classid 1:10 htb rate 8mbit' \
    'class add dev d4 parent 1:1 classid 1:fffe htb rate 8mbit ceil 10mbit burst 20k cburst 30k prio 3 quantum 3000 mpu 64 overhead 24' \
    'class replace dev d4 parent 1: classid 1:10 htb rate 40gbit ceil 100gbit' \
    'class change dev d4 parent 1: classid 1:10 htb rate 8mbit linklayer atm' \
    'class del dev d4 classid 1:10' \
    'class show dev d4' \
    'class show dev d4 parent 1:'

record fw.txt \
    'filter add dev d4 parent 1: protocol ip prio 10 handle 0x10 fw classid 1:10' \
    'filter add dev d4 parent 1: protocol all prio 11 handle 0x10/0xffff fw classid 1:10' \
    'filter add dev d4 parent 1: protocol ipv6 prio 12 handle 5 fw classid 1:10 action skbedit mark 0 pipe action mirred egress redirect dev d5' \
    'filter replace dev d4 parent 1: protocol ip prio 10 handle 0x10 fw classid 1:11' \
    'filter change dev d4 parent 1: chain 4 protocol ip prio 10 handle 5 fw classid 1:2' \
    'filter del dev d4 parent 1: protocol ip prio 10 handle 0x10 fw' \
    'filter del dev d4 parent 1: chain 4 protocol ip prio 10 handle 5 fw' \
    'filter get dev d4 parent 1: protocol ip prio 10 handle 0x10 fw' \
    'filter show dev d4 parent 1:' \
    'filter show dev d4 parent 1: chain 3 protocol ip prio 5'

record u32.txt \
    'filter add dev d5 parent ffff: protocol ip prio 10 u32 match u32 0 0 action mirred egress redirect dev d4' \
    'filter add dev d4 parent 1: protocol ip prio 10 handle ::1 u32 match mark 0x10 0xffff classid 1:10' \
    'filter replace dev d4 parent 1: protocol ip prio 10 handle 800::2 u32 match ip dst 1.2.3.4 match u16 0x50 0xffff at 22 flowid 1:10' \
    'filter add dev d4 parent 1: protocol all prio 10 handle ::3 u32 match u32 0 0 classid 1:3 skip_hw' \
    'filter del dev d4 parent 1: protocol ip prio 10 handle 800::1 u32' \
    'filter del dev d4 parent 1: protocol ip prio 10 u32'

record matchall.txt \
    'filter add dev d5 ingress protocol all prio 12 handle 1 matchall classid 1:3' \
    'filter add dev d5 ingress protocol all prio 12 handle 1 matchall skip_hw action ctinfo cpmark 0xffff goto chain 7' \
    'filter add dev d5 ingress chain 7 protocol ip prio 13 handle 1 matchall action mirred egress redirect dev d4' \
    'filter del dev d5 ingress protocol all prio 12 handle 1 matchall'

record actions.txt \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action ctinfo cpmark' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action ctinfo dscp 0xfc000000 0x01000000 cpmark 0xff zone 3 continue' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action gact pass' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action drop' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action continue' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action goto chain 8' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action mirred egress redirect dev d4' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action mirred egress mirror dev d4' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action mirred ingress redirect dev d4' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action mirred ingress mirror dev d4 continue' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action skbedit mark 5' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action skbedit mark 0x5/0xff priority 1:10 queue_mapping 3 continue' \
    'filter add dev d5 ingress protocol all prio 1 handle 1 matchall action ctinfo cpmark 0xffff pipe action skbedit priority 1:10 pipe action mirred egress redirect dev d4'

rates=rates-${version#iproute2-}.txt
if wanted "$rates"; then
    {
        echo "# tc utility, $version; /proc/net/psched: $(cat /proc/net/psched)"
        echo '# cut: the last two attributes of each message, TCA_HTB_RTAB and TCA_HTB_CTAB (2056 bytes)'
        for rate in 1kbit 8kbit 9600bit 56kbit 64kbit 100kbit 256kbit 512kbit 1mbit 1.5mbit 2mbit 3mbit 5mbit 8mbit 10mbit 16mbit 25mbit \
            33333333bit 50mbit 80mbit 100mbit 123456789bit 250mbit 333mbit 500mbit 1gbit 2.5gbit 5gbit 10gbit 25gbit 33gbit \
            34359738352bit 34359738360bit 34359738368bit 40gbit 100gbit 200gbit 400gbit; do
            for options in '' 'ceil 400gbit burst 15k cburst 128k' 'ceil 7mbit burst 1 cburst 1601'; do
                command="class replace dev d4 parent 1: classid 1:10 htb rate $rate $options"
                echo "# tc ${command% }"
                # shellcheck disable=SC2086
                sent $command | sed -E 's/.{4112}$//'
            done
        done
    } >"$rates"
fi
