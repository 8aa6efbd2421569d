#!/usr/bin/env bash
# Runs `dotnet test` for every test project under the running kernel and writes a summary like that of tests/vm/run.sh.
#   tests/native.sh FOLDER [dotnet test options]    FOLDER gets native.json, and each project's log and TRX
# Release assemblies are taken as they are: build first.
set -uo pipefail

results=$1
shift
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
mkdir -p "$results"
started=$SECONDS
: >"$results/tests.tsv"
: >"$results/kernel.txt"
: >"$results/faults.tsv"

# run PROJECT: its tests, and of them a line each: outcome, name, first message
run() {
    local project=$1 name code
    name=$(basename "$project" .csproj)
    rm -f "$results/$name.trx"
    dotnet test "$project" -c Release --no-build --logger "trx;LogFileName=$results/$name.trx" "${@:2}" >"$results/$name.log" 2>&1
    code=$?
    if [[ ! -s $results/$name.trx ]]; then
        printf '%s\tleft no results (exit code %s)\n' "$name" "$code" >>"$results/faults.tsv"
        tail -n 30 "$results/$name.log"
        return
    fi

    awk '
        function attribute(line, key) { return match(line, key "=\"[^\"]*\"") ? substr(line, RSTART + length(key) + 2, RLENGTH - length(key) - 3) : "" }
        function plain(text) { gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&amp;/, "\\&", text); return text }
        function put() { if (name != "") printf "%s\t%s\t%s\n", outcome, plain(name), plain(message); name = "" }
        /<UnitTestResult / { put(); name = attribute($0, "testName"); outcome = attribute($0, "outcome"); message = "" }
        /<Message>/ && message == "" { message = $0; sub(/.*<Message>/, "", message); sub(/<\/Message>.*/, "", message) }
        END { put() }' "$results/$name.trx" >"$results/$name.tsv"
    dotnet "$(dirname "$project")/bin/Release/net10.0/$name.dll" -noColor -list full/json -trait Category=Kernel -trait Category=Native 2>/dev/null |
        sed -n 's/^[^[]*\(\[[{]\)/\1/p' | jq -r '.[] | .Class + "." + .Method' >"$results/$name.kernel"
    printf '%s: %s\n' "$name" "$(grep -E '(Passed|Failed|Skipped)! ' "$results/$name.log" | tail -n 1)"
}

# What waits for traffic goes beside what computes, which gives way to it.
export -f run
export results
timing=() computing=()
for project in "$repository"/tests/*/*.Tests.csproj; do
    case $project in
        *VffQos*) timing+=("$project") ;;
        *) computing+=("$project") ;;
    esac
done
# shellcheck disable=SC2016
nice -n 10 bash -c 'count=$1; shift; for ((i = 0; i < count; i++)); do run "$1" "${@:count - i + 1}"; shift; done' _ "${#computing[@]}" "${computing[@]}" "$@" &
beside=$!
for project in "${timing[@]}"; do
    run "$project" "$@"
done
wait "$beside"
cat "$results"/*.Tests.tsv >"$results/tests.tsv"
cat "$results"/*.Tests.kernel >"$results/kernel.txt"

jq -n --rawfile tests "$results/tests.tsv" --rawfile kernel "$results/kernel.txt" --rawfile faults "$results/faults.tsv" \
    --arg release "$(uname -r)" --argjson seconds $((SECONDS - started)) '
    def rows: split("\n") | map(select(. != "") | split("\t"));
    def tally: { passed: map(select(.[0] == "Passed")) | length, failed: map(select(.[0] == "Failed")) | length,
                 skipped: map(select(.[0] == "NotExecuted")) | length };
    ($kernel | split("\n") | map({ key: ., value: true }) | from_entries) as $methods
    | ($tests | rows) as $all
    | ($all | tally) as $sum
    | ($faults | rows) as $broken
    | { kernel: "native", release: $release, passed: $sum.passed, failed: ($sum.failed + ($broken | length)), skipped: $sum.skipped,
        kernelTests: ($all | map(select($methods[.[1] | split("(")[0]])) | tally),
        skipReasons: ($all | map(select(.[0] == "NotExecuted") | .[2]) | group_by(.) | map({ key: .[0], value: length }) | from_entries),
        failures: (($all | map(select(.[0] == "Failed") | { name: .[1], message: .[2] })) + ($broken | map({ name: .[0], message: .[1] }))),
        seconds: $seconds }' >"$results/native.json"
jq -r '(.failures[] | "native: FAILED \(.name)\n    \(.message)"),
    (.skipReasons | to_entries | sort_by(-.value)[] | "native: skipped \(.value) x \(.key)"),
    "native: \(.passed) passed, \(.failed) failed, \(.skipped) skipped"' "$results/native.json"
jq -e '.failed == 0 and .passed > 0' "$results/native.json" >/dev/null
