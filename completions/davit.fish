# fish completion for davit: davit completion fish | source
function __davit_complete
    set -l words (commandline -opc)
    for line in ($words[1] complete fish -- $words[2..-1] (commandline -ct) 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':directories'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c davit -f -a '(__davit_complete)'
