package io.jenkins.plugins.airworthy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which hosts are this machine. Two questions differ: whether TLS may be omitted depends on the name alone, so that a DNS
 * answer cannot decide it; whether untrusted input may send us to a host depends on the resolved addresses, since a machine has
 * many names.
 */
public final class ThisMachine {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d{1,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:]{2,39}]");

    /** Addresses of cloud metadata services that are not link-local. */
    private static final Set<String> CLOUD = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private ThisMachine() {}

    /**
     * Whether a host is this machine under a loopback name, without asking DNS.
     *
     * @param host without port
     */
    public static boolean isNamed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (LOOPBACK.matcher(name).matches()) {
            return true;
        }
        if (!IPV6.matcher(name).matches()) {
            return false;
        }
        try {
            // An IPv4-mapped IPv6 address does not count: plain http is for the usual names only.
            return InetAddress.getByName(name) instanceof Inet6Address literal && literal.isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Whether one of the addresses of a host is this machine, link-local, or a cloud metadata service. A name without addresses
     * is not, since nothing can be sent to it.
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

    /** Whether an address is this machine, link-local, or a cloud metadata service. */
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
