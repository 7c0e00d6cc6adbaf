package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.Console;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Asks a person for a secret, which is not shown while it is typed. */
@FunctionalInterface
interface Keyboard {
    /** Returns what was typed; empty if nobody can be asked. */
    Optional<char[]> ask(String question) throws InvalidInputException;

    /**
     * That of this process's terminal. An interrupt or a time limit ends the wait at once. Java cannot interrupt its own wait for
     * the terminal, so another thread waits there; Java turns the echo on again when the process ends.
     */
    static Optional<char[]> ofTerminal(String question) throws InvalidInputException {
        Optional<Console> console = Terminal.keyboard();
        if (console.isEmpty()) {
            return Optional.empty();
        }
        FutureTask<char[]> answer = new FutureTask<>(() -> console.get().readPassword("%s", question));
        Thread reader = new Thread(answer, "keyboard");
        reader.setDaemon(true);
        reader.start();
        try {
            return Optional.ofNullable(answer.get());
        } catch (ExecutionException e) {
            return Optional.empty(); // the terminal is gone
        } catch (InterruptedException e) {
            System.err.println(); // the cursor is behind the question
            Thread.currentThread().interrupt();
            throw new InvalidInputException("interrupted at a question: nothing was done", e);
        }
    }
}
