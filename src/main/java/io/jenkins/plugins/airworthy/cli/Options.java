package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.cli.Argument.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command, or several commands alike, can be called with, in the order in which help lists it. It is declared by calls and
 * not by annotations: Java reads those of one command for longer than many a verdict takes.
 */
abstract class Options {
    private final List<Argument> arguments = new ArrayList<>();

    /** All of them, with the hidden ones. */
    final List<Argument> arguments() {
        return List.copyOf(arguments);
    }

    final Argument flag(String name, String description) {
        return declare(new Argument(Kind.FLAG, name, "", description));
    }

    final Argument optional(String name, String label, String description) {
        return declare(new Argument(Kind.OPTIONAL, name, label, description));
    }

    final Argument choice(String name, String label, String description) {
        return declare(new Argument(Kind.CHOICE, name, label, description));
    }

    final Argument number(String name, String label, String description) {
        return declare(new Argument(Kind.NUMBER, name, label, description));
    }

    final Argument required(String name, String label, String description) {
        return declare(new Argument(Kind.REQUIRED, name, label, description));
    }

    final Argument repeated(String name, String label, String description) {
        return declare(new Argument(Kind.REPEATED, name, label, description));
    }

    final Argument parameter(String label, String description) {
        return declare(new Argument(Kind.PARAMETER, label, label, description));
    }

    final Argument parameters(String label, String description) {
        return declare(new Argument(Kind.PARAMETERS, label, label, description));
    }

    /** Adds the options of others here. */
    final <T extends Options> T with(T others) {
        arguments.addAll(others.arguments());
        return others;
    }

    private Argument declare(Argument argument) {
        arguments.add(argument);
        return argument;
    }
}
