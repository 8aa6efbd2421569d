#!/usr/bin/env bash
# The benchmarks. As root; the tools tc and conntrack are only needed as what we are compared with.
#   benchmarks/run.sh quick     a minute: that everything runs, that nothing allocates, rough ratios
#   benchmarks/run.sh full      ten minutes: the numbers of benchmarks/README.md
# Everything happens in network namespaces of its own. Exit code 0: all ran, and the promises held (full: of time, too).
set -uo pipefail

mode=${1:-quick}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "FAILED: $*"; failed=1; }

case $mode in
    quick) reps=3 classes=100 flows=20000 latency=5 flood=5 rate=5000 forks=20 ;;
    full) reps=15 classes=100 flows=100000 latency=20 flood=60 rate=20000 forks=50 ;;
    *) echo "usage: run.sh quick|full" >&2; exit 2 ;;
esac

gcc -O2 -o "$work/floor" "$here/floor/floor.c" || exit 1
for program in Peers Macro ../samples/VffQos; do
    # As they are shipped: compiled ahead, so that the first call is no slower than the thousandth.
    dotnet publish "$here/$program" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -v quiet -o "$work/$(basename "$program")" >"$work/publish.log" 2>&1 || {
        cat "$work/publish.log"
        exit 1
    }
done

echo "kernel $(uname -r), $(nproc) processors,$(awk -F: '/model name/ { print $2; exit }' /proc/cpuinfo), load $(cut -d' ' -f1-3 /proc/loadavg), $mode"

echo; echo "== building messages (BenchmarkDotNet)"
(cd "$work" && dotnet run -c Release --no-launch-profile --project "$here/Micro" -- quick >"$work/micro.log" 2>&1) || fail "a message allocated or did not build: $(tail -n 5 "$work/micro.log")"
sed -n '/^| Method/,/^$/p' "$work/micro.log"

# median of the first column of lines "value errors"; any error fails
median() { awk '$2 != 0 { bad = 1 } { print $1 } END { exit bad }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "none" }'; }

cat >"$work/inside.sh" <<'INSIDE'
ip link add d0 type ifb && ip link set d0 up
fresh() { tc qdisc del dev d0 root 2>/dev/null; tc qdisc add dev d0 root handle 1: htb; }
for ((r = 0; r < reps; r++)); do
    for batch in 1 256; do
        fresh; "$work/floor" class "$classes" $batch d0 >>"$work/class-$batch.floor"
        fresh; "$work/Peers/vffnetlink-peer" class "$classes" $batch d0 >>"$work/class-$batch.ours"
        fresh; "$work/floor" class "$classes" $batch d0 >>"$work/class-$batch.again"
    done
done
fresh
"$work/floor" flows "$flows" >/dev/null
for ((r = 0; r < reps; r++)); do
    for batch in 1 256; do
        "$work/floor" mark "$flows" $batch $((3 * r)) >>"$work/mark-$batch.floor"
        "$work/Peers/vffnetlink-peer" ct-update "$flows" $batch $((3 * r + 1)) >>"$work/mark-$batch.ours"
        "$work/floor" mark "$flows" $batch $((3 * r + 2)) >>"$work/mark-$batch.again"
    done
done
# What the seed scripts do: a process for every step.
fresh
start=$(date +%s%N)
for ((i = 0; i < forks; i++)); do
    tc class add dev d0 parent 1: classid "1:$(printf %x $((i + 2)))" htb rate 10mbit ceil 10mbit quantum 1600 || echo "0 1" >>"$work/class.fork"
done
echo "$(((($(date +%s%N) - start)) / 1000 / forks)) 0" >>"$work/class.fork"
start=$(date +%s%N)
for ((i = 0; i < forks / 5; i++)); do
    conntrack -U -p udp -s "10.0.0.$i" -d 192.0.2.1 --sport $((1024 + i)) --dport 443 -m 77 >/dev/null 2>&1 || echo "0 1" >>"$work/mark.fork"
done
echo "$(((($(date +%s%N) - start)) / 1000 / (forks / 5))) 0" >>"$work/mark.fork"
INSIDE

echo; echo "== against C with prebuilt messages, and a process for every step (medians of $reps, microseconds per operation)"
export work reps classes flows forks
unshare -n bash "$work/inside.sh" || fail "the comparison did not run"
printf '%-28s %10s %10s %10s %8s %8s\n' operation floor ours process ratio A/A
for op in class-1 class-256 mark-1 mark-256; do
    floor=$(median "$work/$op.floor") && ours=$(median "$work/$op.ours") && again=$(median "$work/$op.again") || fail "$op was refused"
    fork=$(median "$work/${op%-*}.fork") || fail "${op%-*} by process was refused"
    awk -v op="$op" -v f="$floor" -v o="$ours" -v a="$again" -v p="$fork" 'BEGIN { printf "%-28s %10.2f %10.2f %10.0f %8.2f %8.2f\n", op, f, o, p, o / f, (f > a ? f / a - 1 : a / f - 1) }'
done
if [[ $mode == full ]]; then
    awk -v f="$(median "$work/mark-1.floor")" -v o="$(median "$work/mark-1.ours")" 'BEGIN { exit !(o / f <= 1.5) }' || fail "a mark update takes more than 1.5 times the floor"
fi

echo; echo "== the daemon: from a line to a shaped flow"
if ! "$work/Macro/vffqos-macro" "$work/VffQos/vffqos" "$latency" "$flood" "$rate" >"$work/macro.out" 2>"$work/macro.err"; then
    # A quick run on a busy machine decides nothing about time; what it must do is run to its end.
    [[ $mode == quick ]] && grep -q '^flood' "$work/macro.out" || fail "the daemon did not keep its promises: $(tail -n 3 "$work/macro.err")"
fi
cat "$work/macro.out"
exit "$failed"
