package io.jenkins.plugins.airworthy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which hosts are this machine. Nothing here is looked up by a name server: all are addresses but "localhost". */
class ThisMachineTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.255.255.254", "[::1]", "[0:0:0:0:0:0:0:1]"})
    void recognisesLoopbackNames(String host) {
        assertThat(ThisMachine.isNamed(host)).isTrue();
        assertThat(ThisMachine.isReachedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost.example.com", "127.0.0.1.example.com", "127.1", "127.0.0.256", "0.0.0.0", "[::]",
                        "[::ffff:7f00:1]",
                "[fe80::1]", "128.0.0.1", "localhost.", "", "[]", "::1", "[::1].example.com"
            })
    void doesNotTrustNamesThatOnlyLookLikeLoopback(String host) {
        assertThat(ThisMachine.isNamed(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "127.1",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:169.254.169.254]",
                "[::127.0.0.1]",
                "[::ffff:0.0.0.0]",
                "169.254.169.254",
                "[fe80::1]",
                "[fe80::1%25lo]",
                "[fd00:ec2::254]",
                "100.100.100.200"
            })
    void findsAddressesOfThisMachine(String host) {
        assertThat(ThisMachine.isReachedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "[2001:db8::1]", "[::ffff:192.0.2.1]", "no.such.name.invalid"})
    void allowsAddressesElsewhere(String host) {
        assertThat(ThisMachine.isReachedBy(host)).isFalse();
    }
}
