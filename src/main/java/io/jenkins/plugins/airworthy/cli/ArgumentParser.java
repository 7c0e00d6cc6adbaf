package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a command's arguments their values: {@code --name value}, {@code --name=value}, letters in a row ({@code -qh}), and
 * {@code --} before what is no option. Everything is taken literally: no files of arguments, no quotes, no abbreviations.
 */
final class ArgumentParser {
    private static final String END_OF_OPTIONS = "--";

    private final Map<String, Argument> options = new LinkedHashMap<>();
    private final Deque<Argument> parameters = new ArrayDeque<>();
    private final Deque<String> words;

    /** Why the first word that fits nothing is refused. */
    private Optional<String> misfit = Optional.empty();

    /** Words that fit nothing, and values that were refused. */
    private final List<String> strays = new ArrayList<>();

    private ArgumentParser(Collection<Argument> declared, List<String> words) {
        for (Argument argument : declared) {
            if (argument.isParameter()) {
                parameters.add(argument);
            } else {
                for (String name : argument.accepted()) {
                    options.put(name, argument);
                }
            }
        }
        this.words = new ArrayDeque<>(words);
    }

    /** Reads the words after a command's name, and refuses what does not fit. */
    static void parse(Command command, List<String> words) throws InvalidInputException {
        read(command, words).requireFit(command);
    }

    /** Reads all words, also behind one that does not fit, so that it is known where a run that fails must answer. */
    static ArgumentParser read(Command command, List<String> words) {
        ArgumentParser parser = new ArgumentParser(command.arguments(), words);
        parser.parse();
        return parser;
    }

    /** Where help is asked for, nothing is missing; and nothing else may be there that could be a wish for an answer. */
    void requireFit(Command command) throws InvalidInputException {
        if (command.help.given() && (misfit.isPresent() || command.asksForMoreThanHelp())) {
            throw Help.besideOthers(misfit);
        }
        if (misfit.isPresent()) {
            throw new InvalidInputException(misfit.get());
        }
        if (!command.help.given()) {
            requireAll(command.arguments());
        }
    }

    /** Words that fit nothing, and values that were refused. */
    List<String> strays() {
        return List.copyOf(strays);
    }

    private void parse() {
        boolean ended = false;
        while (!words.isEmpty()) {
            String word = words.remove();
            Argument option = options.get(beforeEquals(word));
            if (ended || word.equals("-") || !word.startsWith("-")) {
                parameter(word);
            } else if (word.equals(END_OF_OPTIONS)) {
                ended = true;
            } else if (option == null) {
                letters(word);
            } else {
                int equals = word.indexOf('=');
                take(option, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1)));
            }
        }
    }

    /** @param attached its value, if that is in the same word */
    private void take(Argument option, Optional<String> attached) {
        if (attached.isPresent()) {
            give(option, attached.get());
        } else if (!option.takesValue()) {
            give(option, "true");
        } else if (words.isEmpty()) {
            misfit(option.name() + " needs a value: " + option.name() + " " + option.label());
        } else if (isOption(words.element())) {
            String next = Argument.quoted(words.element());
            misfit(option.name() + " needs a value, but " + next + " follows: join them with '=' if it is the value");
        } else {
            give(option, words.remove());
        }
    }

    private void give(Argument argument, String value) {
        try {
            argument.take(value);
        } catch (InvalidInputException e) {
            misfit(e.getMessage());
            if (!argument.name().equals(ReportOutput.OPTION)) {
                strays.add(value);
            }
        }
    }

    /** Options of one letter in a row; the last may have its value in the same word. */
    private void letters(String word) {
        for (int i = 1; i < word.length(); i++) {
            Argument option = options.get("-" + word.charAt(i));
            if (option == null) {
                refuse(i == 1 ? beforeEquals(word) : "-" + Character.toString(word.codePointAt(i)), word);
                return;
            }
            String rest = word.substring(i + 1);
            if (rest.startsWith("=") || (option.takesValue() && !rest.isEmpty())) {
                take(option, Optional.of(rest.startsWith("=") ? rest.substring(1) : rest));
                return;
            }
            take(option, Optional.empty());
        }
    }

    private void refuse(String name, String word) {
        strays.add(word);
        List<String> known = options.values().stream()
                .filter(option -> !option.isHidden())
                .map(Argument::name)
                .toList();
        String where = word.startsWith(name) ? "" : " in " + Argument.quoted(word);
        misfit("there is no option " + Argument.quoted(name) + where
                + (name.startsWith("--") ? Suggestion.question(name, known) : ""));
    }

    private void parameter(String word) {
        if (parameters.isEmpty()) {
            misfit(Argument.quoted(word) + " is one argument too many");
            strays.add(word);
        } else {
            Argument parameter = parameters.element();
            give(parameter, word);
            if (!parameter.isRepeatable()) {
                parameters.remove();
            }
        }
    }

    private void misfit(String why) {
        misfit = misfit.or(() -> Optional.of(why));
    }

    private boolean isOption(String word) {
        return word.equals(END_OF_OPTIONS)
                || options.containsKey(beforeEquals(word))
                || (word.length() > 2 && options.containsKey(word.substring(0, 2)));
    }

    private static String beforeEquals(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    private static void requireAll(List<Argument> declared) throws InvalidInputException {
        List<String> missing = new ArrayList<>();
        for (Argument argument : declared) {
            if (argument.isRequired() && !argument.given()) {
                missing.add(argument.name());
            }
        }
        if (!missing.isEmpty()) {
            String last = missing.remove(missing.size() - 1);
            throw new InvalidInputException(
                    missing.isEmpty()
                            ? last + " is missing"
                            : String.join(", ", missing) + " and " + last + " are missing");
        }
    }
}
