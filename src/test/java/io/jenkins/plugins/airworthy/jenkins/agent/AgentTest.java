package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever an agent returns or does, the controller sees an answer that it understands, or a failure that names the agent. */
class AgentTest {
    @Test
    void workTravelsAndItsAnswerComesBack() throws Exception {
        ObjectNode answer = StrictJson.object().put("said", "hello");

        assertThat(new Agent("one", honest())
                        .ask(new Says(answer.toString()), TaskListener.NULL)
                        .string("said"))
                .isEqualTo("hello");
    }

    @Test
    void aFailureOfTheEngineKeepsItsMeaning() {
        assertThatThrownBy(() -> new Agent("one", honest()).ask(new Fails(true), TaskListener.NULL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("on agent one: the file is missing");
        assertThatThrownBy(() -> new Agent("one", honest()).ask(new Fails(false), TaskListener.NULL))
                .isInstanceOf(UndecidedException.class)
                .hasMessage("on agent one: the file is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"answer\":{},\"refused\":\"x\"}",
                "{\"answer\":{},\"answer\":{}}",
                "{\"answer\":\"sha256:0\"}",
                "{\"answer\":{},\"passed\":true}",
                "{\"refused\":{}}",
                "{\"answer\":{}} {}"
            })
    void refusesBytesThatAreNotAnAnswer(String text) {
        assertThatThrownBy(() -> answered(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("agent one");
    }

    @Test
    void anObjectOfTheAgentsOwnIsRefused() {
        assertThatThrownBy(() -> answered("a string")).hasMessage("agent one gave no answer");
        assertThatThrownBy(() -> answered(null)).hasMessage("agent one gave no answer");
        assertThatThrownBy(() -> answered(List.of((byte) 1))).hasMessage("agent one gave no answer");
    }

    @Test
    void anAnswerWithoutEndIsRefused() {
        assertThatThrownBy(() -> answered(new byte[AgentAnswer.MAX_BYTES + 1])).hasMessageContaining("larger than");
    }

    @Test
    void aFailureThatAnAgentMakesUpForgesNoLineOfTheLog() {
        assertThatThrownBy(
                        () -> answered("{\"refused\":\"x\\n[airworthy] Promoted\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageNotContaining("\n");
    }

    /** A pipeline's stream keeps lines on the agent for up to ten seconds; the controller's own lines would come before them. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "no answer"})
    void sendsLogLinesOfAnAgentBeforeItsAnswer(String answer) throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PrintStream keeping = new PrintStream(new BufferedOutputStream(sent), false, StandardCharsets.UTF_8);

        new AgentCall(new Tells("hello", answer), () -> keeping).call();

        assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo("[airworthy] hello" + System.lineSeparator());
    }

    static Stream<Exception> losses() {
        return Stream.of(
                new ChannelClosedException((Channel) null, null), new RequestAbortedException(new IOException("gone")));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void namesALostAgent(Exception loss) {
        assertThatThrownBy(() -> new Agent("one", channel(call -> {
                            throw loss;
                        }))
                        .ask(new Fails(true), TaskListener.NULL))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("agent one was disconnected in the middle of the work: nothing of it counts");
    }

    @Test
    void doesNotRepeatWhatAnAgentThrows() {
        Exception thrown = new IllegalStateException("password\n[airworthy] Promoted");

        assertThatThrownBy(() -> new Agent("one", channel(call -> {
                            throw thrown;
                        }))
                        .ask(new Fails(true), TaskListener.NULL))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the work on agent one broke off (IllegalStateException)")
                .hasMessageNotContaining("password");
    }

    private static void answered(Object returned) throws Exception {
        new Agent("one", channel(call -> returned)).ask(new Fails(true), TaskListener.NULL);
    }

    record Says(String answer) implements AgentWork {
        @Override
        public ObjectNode run(Progress progress) throws AirworthyException {
            return StrictJson.parseObject(answer.getBytes(StandardCharsets.UTF_8), "test", 1_000)
                    .node();
        }
    }

    record Tells(String line, String answer) implements AgentWork {
        @Override
        public ObjectNode run(Progress progress) throws AirworthyException {
            progress.say(line);
            return new Says(answer).run(progress);
        }
    }

    record Fails(boolean refused) implements AgentWork {
        @Override
        public ObjectNode run(Progress progress) throws AirworthyException {
            throw refused
                    ? new InvalidInputException("the file is missing")
                    : new UndecidedException("the file is missing");
        }
    }

    /** Sends the work as bytes, as a real channel does; the listener cannot be sent. */
    private static VirtualChannel honest() {
        return channel(call -> {
            Field field = AgentCall.class.getDeclaredField("work");
            field.setAccessible(true);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(field.get(call));
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return new AgentCall((AgentWork) in.readObject(), TaskListener.NULL).call();
            }
        });
    }

    private interface Answering {
        Object answer(Object call) throws Exception;
    }

    /** A channel that can do nothing but this. */
    private static VirtualChannel channel(Answering answering) {
        return (VirtualChannel) Proxy.newProxyInstance(
                AgentTest.class.getClassLoader(), new Class<?>[] {VirtualChannel.class}, (self, method, arguments) -> {
                    if (method.getName().equals("call")) {
                        return answering.answer(arguments[0]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
