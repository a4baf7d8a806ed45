
_latchkey() {
    local candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("$candidate")
    done < <(_latchkey_candidates "${COMP_WORDS[@]:1:COMP_CWORD}")
}

complete -o bashdefault -o default -F _latchkey latchkey
