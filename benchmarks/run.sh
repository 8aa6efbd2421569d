#!/usr/bin/env bash
# The benchmarks. As root; the tools tc and conntrack are only needed as what we are compared with.
#   benchmarks/run.sh quick     two minutes: that everything runs, that nothing allocates, rough ratios
#   benchmarks/run.sh full      ten minutes: the numbers of benchmarks/README.md
# PROGRAMS: a folder with Peers, Macro and VffQos published already. Everything happens in network namespaces of its own. Exit code 0: all ran, and the promises held (full: of time, too).
set -uo pipefail

mode=${1:-quick}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "FAILED: $*"; failed=1; }

case $mode in
    quick) reps=3 classes=100 flows=20000 links=100 scale=4 latency=5 flood=5 rate=5000 forks=20 trial=0 listen=1 patience=3 ;;
    full) reps=15 classes=100 flows=100000 links=1000 scale=20 latency=20 flood=60 rate=20000 forks=50 trial=5 listen=20 patience=1 ;;
    *) echo "usage: run.sh quick|full" >&2; exit 2 ;;
esac

for program in floor events; do
    gcc -O2 -o "$work/$program" "$here/floor/$program.c" || exit 1
done
gcc -O2 -o "$work/libmnl" "$here/floor/libmnl.c" -lmnl || exit 1
for program in Peers Macro ../samples/VffQos; do
    name=$(basename "$program")
    if [[ -d ${PROGRAMS:-}/$name ]]; then
        ln -s "$PROGRAMS/$name" "$work/$name"
        continue
    fi
    # As they are shipped: compiled ahead, so that the first call is no slower than the thousandth.
    dotnet publish "$here/$program" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -v quiet -o "$work/$name" >"$work/publish.log" 2>&1 || {
        cat "$work/publish.log"
        exit 1
    }
done

echo "kernel $(uname -r), $(nproc) processors,$(awk -F: '/model name/ { print $2; exit }' /proc/cpuinfo), load $(cut -d' ' -f1-3 /proc/loadavg), $mode"

echo; echo "== building messages (BenchmarkDotNet)"
(cd "$work" && dotnet run -c Release --no-launch-profile --project "$here/Micro" -- quick >"$work/micro.log" 2>&1) || fail "a message allocated or did not build: $(tail -n 5 "$work/micro.log")"
sed -n '/^| Method/,/^$/p' "$work/micro.log"

echo; echo "== building messages beside libmnl, the same bytes (medians of $reps, nanoseconds)"
ours=$work/Peers/vffnetlink-peer
for op in htb_class fw_filter ct_mark_update; do
    "$work/libmnl" encode-dump $op >"$work/libmnl.bytes"
    for how in "" prepared; do
        # shellcheck disable=SC2086
        "$ours" encode-dump $op $how | cmp -s - "$work/libmnl.bytes" || fail "$op ${how:-from scratch} is not what libmnl builds"
    done
done
for ((r = 0; r < reps; r++)); do
    "$work/libmnl" encode "$scale" >>"$work/encode" && CANDNAME=ours "$ours" encode "$scale" >>"$work/encode" || fail "building did not run, or allocated"
done
sort -k1,1 -k2,2 -k4,4g "$work/encode" | awk '
    { key = $1 " " $2; v[key, ++n[key]] = $4 * 1000; ops[$1] }
    function median(key) { return v[key, int((n[key] + 1) / 2)] }
    END {
        printf "%-16s %8s %8s %8s %10s %8s\n", "message", "libmnl", "ours", "ratio", "prepared", "ratio"
        for (op in ops) {
            c = median(op " libmnl"); o = median(op " ours"); p = median(op " ours-prepared")
            printf "%-16s %8.1f %8.1f %8.2f %10.1f %8.2f\n", op, c, o, o / c, p, p / c
        }
    }'

# median of the first column of lines "value errors"; any error fails
median() { awk '$2 != 0 { bad = 1 } { print $1 } END { exit bad }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "none" }'; }

cat >"$work/inside.sh" <<'INSIDE'
ip link add d0 type ifb && ip link set d0 up
fresh() { tc qdisc del dev d0 root 2>/dev/null; tc qdisc add dev d0 root handle 1: htb; }
# Links: lo, d0, and pairs of veth.
for ((i = 1; i < links / 2; i++)); do echo "link add v$i type veth peer name w$i"; done | ip -batch - || exit 1
ours=$work/Peers/vffnetlink-peer
for ((r = 0; r < reps; r++)); do
    for at in "$classes 1" "$classes 256" "1000 1000"; do
        read -r n batch <<<"$at"
        fresh; "$work/floor" class "$n" "$batch" d0 >>"$work/class-$batch.floor"
        fresh; "$ours" class "$n" "$batch" d0 >>"$work/class-$batch.ours"
        fresh; "$work/floor" class "$n" "$batch" d0 >>"$work/class-$batch.again"
    done
    "$work/floor" links "$links" >>"$work/links.floor"
    "$ours" link-dump "$links" >>"$work/links.ours"
    "$work/floor" links "$links" >>"$work/links.again"
done
fresh
"$work/floor" flows "$flows" >/dev/null
for ((r = 0; r < reps; r++)); do
    for batch in 1 256 1000; do
        "$work/floor" mark "$flows" $batch $((3 * r)) >>"$work/mark-$batch.floor"
        "$ours" ct-update "$flows" $batch $((3 * r + 1)) >>"$work/mark-$batch.ours"
        "$work/floor" mark "$flows" $batch $((3 * r + 2)) >>"$work/mark-$batch.again"
    done
    "$work/floor" dump "$flows" >>"$work/dump.floor"
    "$ours" ct-dump "$flows" 32768 >>"$work/dump.ours" || echo "0 1" >>"$work/dump.ours"
    "$work/floor" dump "$flows" >>"$work/dump.again"
    start=$(date +%s%N)
    conntrack -L >/dev/null 2>&1 || echo "0 1" >>"$work/dump.fork"
    echo "$start $(date +%s%N) $flows" | awk '{ printf "%.6f 0\n", ($2 - $1) / 1000 / $3 }' >>"$work/dump.fork"
done
# What the seed scripts do: a process for every step.
fresh
start=$(date +%s%N)
for ((i = 0; i < forks; i++)); do
    tc class add dev d0 parent 1: classid "1:$(printf %x $((i + 2)))" htb rate 10mbit ceil 10mbit quantum 1600 || echo "0 1" >>"$work/class.fork"
done
echo "$(((($(date +%s%N) - start)) / 1000 / forks)) 0" >>"$work/class.fork"
start=$(date +%s%N)
ip -j -s link >/dev/null || echo "0 1" >>"$work/links.fork"
echo "$(((($(date +%s%N) - start)) / 1000 / links)) 0" >>"$work/links.fork"
start=$(date +%s%N)
for ((i = 0; i < forks / 5; i++)); do
    conntrack -U -p udp -s "10.0.0.$i" -d 192.0.2.1 --sport $((1024 + i)) --dport 443 -m 77 >/dev/null 2>&1 || echo "0 1" >>"$work/mark.fork"
done
echo "$(((($(date +%s%N) - start)) / 1000 / (forks / 5))) 0" >>"$work/mark.fork"
INSIDE

echo; echo "== against C with prebuilt messages, and a process for every step (medians of $reps, microseconds per operation or link)"
export work reps classes flows links forks
unshare -n bash "$work/inside.sh" || fail "the comparison did not run"
printf '%-28s %10s %10s %10s %8s %8s\n' operation floor ours process ratio A/A
for op in class-1 class-256 class-1000 links mark-1 mark-256 mark-1000 dump; do
    floor=$(median "$work/$op.floor") && ours=$(median "$work/$op.ours") && again=$(median "$work/$op.again") || fail "$op was refused"
    fork=$(median "$work/${op%-*}.fork") || fail "${op%-*} by process was refused"
    awk -v op="$op" -v f="$floor" -v o="$ours" -v a="$again" -v p="$fork" 'BEGIN { printf "%-28s %10.2f %10.2f %10.*f %8.2f %8.2f\n", op, f, o, p < 100 ? 2 : 0, p, o / f, (f > a ? f / a - 1 : a / f - 1) }'
    declare "${op//-/_}=$floor $ours $again $fork"
done
# within OP BOUND: ours is at most so many times the floor, and as much more as the floor differs from itself
within() {
    local values=${1//-/_}
    awk -v bound="$2" '{ spread = $1 > $3 ? $1 / $3 - 1 : $3 / $1 - 1; exit !($2 / $1 <= bound + spread) }' <<<"${!values}" || fail "$1 takes more than $2 times the floor"
}
# times OP LEAST: a process for each is at least so many times slower
times() {
    local values=${1//-/_}
    awk -v op="$1" -v least="$2" '{ printf "%s: %.0f times faster than the process\n", op, $4 / $2; exit !($4 >= least * $2) }' <<<"${!values}" || fail "$1 is not $2 times faster than a process for each"
}
if [[ $mode == full ]]; then
    within class-1 1.1
    within class-256 1.05
    within class-1000 1.05
    within links 1.2
    within mark-1 1.1
    within mark-256 1.05
    within mark-1000 1.05
    within dump 1.1
    times mark-1 10000
    times dump 1
fi

# The producer is in C, and the same for both listeners.
cat >"$work/events.sh" <<'EVENTS'
mkfifo "$work/in" "$work/out"
failed=0
fail() { echo "FAILED: $*"; failed=1; }
# hear KIND RATE SECONDS COMMAND...: runs a subscriber while events are made; sets made, took, refused and what the subscriber says
hear() {
    local pid ready
    "${@:4}" <"$work/in" >"$work/out" &
    pid=$!
    exec 7>"$work/in" 8<"$work/out"
    read -r -u 8 ready || fail "$4 did not subscribe"
    read -r made took refused < <("$work/events" produce "$1" "$2" "$3" "$(nproc)")
    exec 7>&-
    read -r -u 8 came lost more || came=0 lost=0 more=0
    exec 8<&-
    wait "$pid" || fail "${*:4}: exit code $?"
    [[ ${refused:-1} == 0 ]] || fail "the kernel refused ${refused:-all} requests of the producer"
}
peer=$work/Peers/vffnetlink-peer
room=$((64 << 20))
limit=20000
for kind in new update destroy; do
    if ((trial > 0)); then
        hear $kind 0 "$trial" "$work/events" listen $kind $room
        limit=$(awk -v m="$made" -v t="$took" 'BEGIN { printf "%d", m / t }')
        what="all that the producer can make"
        if ((lost > 0)); then
            low=$((limit / 4)) high=$limit what="of $limit made"
            for ((i = 0; i < 5; i++)); do
                rate=$(((low + high) / 2))
                hear $kind $rate "$trial" "$work/events" listen $kind $room
                if ((lost > 0)); then high=$rate; else low=$rate; fi
            done
            limit=$low
        fi
        hear $kind $((limit * 8 / 10)) "$trial" "$work/events" listen $kind $room
        printf '%-8s C that parses nothing: %s a second without a loss (%s); at 0.8 of that %s us of processor time each\n' $kind "$limit" "$what" "$more"
    fi
    hear $kind $((limit * 8 / 10)) "$listen" "$peer" listen $kind $room
    printf '%-8s ours: %.0f a second for %.1f s, %s made, %s came, lost %s times, %s us of processor time each\n' $kind "$(awk -v m="$made" -v t="$took" 'BEGIN { print m / t }')" "$took" "$made" "$came" "$lost" "$more"
    [[ $made == "$came" && $lost == 0 ]] || fail "events of $kind were lost at 0.8 of what C keeps up with"
done
hear all 0 2 "$peer" table $((256 << 10)) "$patience"
printf 'table    %s made in %.1f s into 256 KiB: lost %s times; %s s later the table has %s flows, and %s differ from the kernel\n' "$made" "$took" "$lost" "$patience" "$came" "$more"
((lost > 0)) || fail "256 KiB held everything, so nothing is shown"
exit "$failed"
EVENTS

echo; echo "== events of flows, a receive buffer of 64 MiB"
export trial listen patience
unshare -n bash "$work/events.sh" || fail "a subscriber did not keep its promises"

echo; echo "== the daemon: from a line to a shaped flow"
if ! "$work/Macro/vffqos-macro" "$work/VffQos/vffqos" "$latency" "$flood" "$rate" >"$work/macro.out" 2>"$work/macro.err"; then
    # A quick run on a busy machine decides nothing about time; what it must do is run to its end.
    [[ $mode == quick ]] && grep -q '^flood' "$work/macro.out" || fail "the daemon did not keep its promises: $(tail -n 3 "$work/macro.err")"
fi
cat "$work/macro.out"
[[ $mode == full ]] || echo "(what a quick run says of time is not judged: it is too short, and other work may run beside it)"
exit "$failed"
