
_latchkey() {
    local -a found
    found=("${(@f)$(_latchkey_candidates "${(@Q)words[2,CURRENT]}")}")
    if [[ -n $found[1] ]]; then
        compadd -a found
    else
        _files
    fi
}

if [[ $funcstack[1] == _latchkey ]]; then
    _latchkey "$@"
else
    compdef _latchkey latchkey
fi
