package io.jenkins.plugins.airworthy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which hosts are this machine: the one definition for all who ask. Two questions differ. What may be spoken to without
 * TLS is told by the name alone, so that nobody else can answer for it. Where a stranger may not send us is told by the
 * addresses behind the name, since a machine has many names for itself.
 */
public final class ThisMachine {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d{1,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:]{2,39}]");

    /** Where clouds tell secrets to whoever runs there, beside the link-local addresses. */
    private static final Set<String> CLOUD = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private ThisMachine() {}

    /** Whether a host without port is this machine under a name that nobody else can answer for. */
    public static boolean isNamed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (LOOPBACK.matcher(name).matches()) {
            return true;
        }
        if (!IPV6.matcher(name).matches()) {
            return false;
        }
        try {
            // An IPv4 address in IPv6's clothes is none here: plain http is for the usual names only.
            return InetAddress.getByName(name) instanceof Inet6Address literal && literal.isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Whether one of the addresses of a host is this machine, its own link, or a place where a cloud tells secrets. A
     * name without address is none of them: nothing can be sent to it.
     */
    public static boolean isReachedBy(String host) {
        String withoutZone = host.replaceFirst("%[^\\]]*", "");
        return isResolvedHere(withoutZone) || isResolvedHere(withoutZone.replaceFirst("\\.+$", ""));
    }

    private static boolean isResolvedHere(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(ThisMachine::isHere);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether an address is this machine, its own link, or a place where a cloud tells secrets. */
    public static boolean isHere(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean thisNetwork = bytes.length == IPV4_BYTES && bytes[0] == 0;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || thisNetwork
                || CLOUD.contains(address.getHostAddress())
                || (address instanceof Inet6Address v6 && v6.isIPv4CompatibleAddress() && isHere(embedded(bytes)));
    }

    private static InetAddress embedded(byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
