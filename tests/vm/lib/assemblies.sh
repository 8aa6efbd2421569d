# shellcheck shell=bash
# The test assemblies of the checkout and what of them is to run in the guest.

# Prints the path without extension of each test project.
test_projects() {
    local project
    for project in "$1"/tests/*/*.Tests.csproj; do
        [[ ! -e $project ]] || printf '%s\n' "${project%.csproj}"
    done
}

build_assemblies() {
    local project
    while read -r project; do
        note "building $(basename "$project")"
        dotnet build -c Release --nologo -v quiet -clp:NoSummary "$project.csproj" >&2 || die "$(basename "$project") does not build"
    done < <(test_projects "$1")
}

# Prints the full method names of the assembly's tests that PATTERN (a glob, anywhere in the name) and the category select.
selected_methods() {
    local assembly=$1 pattern=$2 category=$3 list method options=()
    [[ -z $category ]] || options=(-trait "Category=$category")
    list=$(dotnet "$assembly" -noColor -list full/json "${options[@]}" | sed -n 's/^[^[]*\(\[[{]\)/\1/p') || return 1
    while read -r method; do
        # shellcheck disable=SC2053 # the filter is a pattern
        [[ $method != *$pattern* ]] || printf '%s\n' "$method"
    done < <(jq -r '[.[] | .Class + "." + .Method] | unique[]' <<<"${list:-[]}")
}

# Writes the job's list of assemblies and their arguments. Fails when nothing is selected.
plan_assemblies() {
    local repository=$1 job=$2 pattern=$3 category=$4 project name assembly selected methods
    mkdir -p "$job/arguments"
    : >"$job/assemblies"
    while read -r project; do
        name=$(basename "$project")
        assembly=$(dirname "$project")/bin/Release/net10.0/$name.dll
        [[ -e $assembly ]] || die "$name is not built for Release"
        selected=$(selected_methods "$assembly" "$pattern" "$category") || die "$name does not list its tests"
        [[ -n $selected ]] || continue
        mapfile -t methods <<<"$selected"

        printf '%s\n' "$assembly" >>"$job/assemblies"
        if [[ -n $pattern ]]; then
            printf -- '-method\n%s\n' "${methods[@]}"
        elif [[ -n $category ]]; then
            printf '%s\n' -trait "Category=$category"
        fi >"$job/arguments/$name"
    done < <(test_projects "$repository")
    [[ -s $job/assemblies ]]
}
