# shellcheck shell=bash
# From what the guest left behind to the numbers and the last line.

# Prints the tests of an assembly that the live output shows as started and not as ended.
unfinished_tests() {
    awk -v head="== $2" '
        $0 == head { inside = 1; next }
        /^== / { inside = 0 }
        inside && / \[STARTING\]$/ { sub(/^ +/, ""); sub(/ \[STARTING\]$/, ""); open[$0] = 1 }
        inside && / \[FINISHED\] Time: / { sub(/^ +/, ""); sub(/ \[FINISHED\] Time: .*/, ""); delete open[$0] }
        END { for (name in open) print name }' "$1"
}

fault() {
    jq -n --arg name "$1" --arg message "$2" '{name: $name, message: $message}'
}

# Prints, as JSON objects, what went wrong (FAILURE: with the machine) without a failed test to show for it.
find_faults() {
    local job=$1 output=$2 failure=$3 name code open
    [[ -z $failure ]] || fault 'the guest' "$failure"
    while read -r name; do
        name=$(basename "$name" .dll)
        code='' open=''
        [[ ! -e $job/results/$name.code ]] || code=$(<"$job/results/$name.code")
        if [[ ! -s $job/results/$name.json ]]; then
            open=$(unfinished_tests "$output" "$name" | paste -sd ' ')
            fault "$name" "left no results (exit code ${code:-none})${open:+; unfinished: $open}"
        elif [[ $code != 0 ]] && jq -e '.results.summary.failed == 0 and ([.results.extra.suites[].errors[]?] | length) == 0' \
            "$job/results/$name.json" >/dev/null; then
            fault "$name" "ended with code ${code:-none} though none of its tests failed"
        fi
    done <"$job/assemblies"
}

# Prints what the kernel logged as a warning or worse while the tests ran; not a failure by itself.
show_kernel_log() {
    local log=$1/results/kernel.log lines
    [[ -s $log ]] || return 0
    lines=$(sed -n -E 's/^[a-z]+ *:(emerg|alert|crit|err|warn) *: *(.*)/  \2/p' "$log")
    [[ -n $lines ]] || return 0
    echo "$2: the kernel warned $(wc -l <<<"$lines") times, first:"
    head -n 20 <<<"$lines"
}

# Prints failures, skip reasons and the last line; writes the summary as JSON. Succeeds when tests ran and none failed.
report() {
    local series=$1 release=$2 job=$3 output=$4 failure=$5 summary=$6 seconds=$7 faults file results=()
    faults=$(find_faults "$job" "$output" "$failure" | jq -s .)
    for file in "$job"/results/*.json; do
        [[ ! -s $file ]] || results+=("$file")
    done
    # Without a file jq would read the terminal.
    jq -n --arg kernel "$series" --arg release "$release" --argjson faults "$faults" --argjson seconds "$seconds" \
        -f "$(dirname "${BASH_SOURCE[0]}")/summary.jq" "${results[@]}" </dev/null >"$summary"

    show_kernel_log "$job" "$series"
    jq -r '
        def block(indent): split("\n") | map(indent + .) | join("\n");
        (.failures[] | "\($kernel): FAILED \(.name)\n" + ((.message + (if (.trace // "") == "" then "" else "\n" + .trace end)) | block("    "))),
        (.skipReasons | to_entries | sort_by(-.value)[] | "\($kernel): skipped \(.value) x \(.key)"),
        "\($kernel): \(.passed) passed, \(.failed) failed, \(.skipped) skipped"' --arg kernel "$series" "$summary"
    jq -e '.passed + .failed > 0' "$summary" >/dev/null || note "$series: no test ran, which is a failure, too"
    jq -e '.failed == 0 and .passed > 0' "$summary" >/dev/null
}
