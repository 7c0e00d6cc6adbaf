package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a run: the words from the command on, and the options that were written before it. Only options that every command
 * has may stand there.
 *
 * @param before options to be read as if they followed the command
 * @param misfit why one of those may not stand there; the command is looked for behind it all the same, to answer where it would
 */
record Call(List<String> before, List<String> words, Optional<String> misfit) {
    private static final Set<String> FLAGS = Set.of("-q", "--quiet", "--debug", "-h", "--help");
    private static final Set<String> VALUED = Set.of(Format.OPTION, Timeout.OPTION);
    /** Not an option of a command, but a command of its own. */
    static final Set<String> VERSION = Set.of("--version", "-V");

    static final Set<String> HELP = Set.of("-h", "--help");

    static Call of(List<String> arguments) {
        List<String> before = new ArrayList<>();
        Optional<String> misfit = Optional.empty();
        int i = 0;
        while (misfit.isEmpty() && i < arguments.size() && arguments.get(i).startsWith("-")) {
            String option = arguments.get(i);
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (VERSION.contains(name)) {
                break;
            }
            if (!(equals < 0 ? FLAGS.contains(name) || VALUED.contains(name) : VALUED.contains(name))) {
                List<String> known = new ArrayList<>(FLAGS);
                known.addAll(VALUED);
                misfit = Optional.of(Argument.quoted(name) + " comes before the command, where only options of every"
                        + " command may stand" + Suggestion.question(name, known)
                        + ": write airworthy COMMAND [OPTIONS]");
            }
            before.add(option);
            if (equals < 0 && VALUED.contains(name) && i + 1 < arguments.size()) {
                i++;
                before.add(arguments.get(i));
            }
            i++;
        }
        while (misfit.isPresent()
                && i < arguments.size()
                && CommandList.find(arguments.subList(i, arguments.size())).isEmpty()) {
            before.add(arguments.get(i));
            i++;
        }
        before.removeIf(word -> word.equals("--"));
        return new Call(List.copyOf(before), List.copyOf(arguments.subList(i, arguments.size())), misfit);
    }

    void requireFit() throws InvalidInputException {
        if (misfit.isPresent()) {
            throw new InvalidInputException(misfit.get());
        }
    }

    boolean asksForHelp() {
        return before.stream().anyMatch(HELP::contains);
    }

    /** The options of a command, wherever they were written. */
    List<String> options(CommandList command) {
        List<String> options = new ArrayList<>(before);
        options.addAll(words.subList(command.length(), words.size()));
        return options;
    }
}
