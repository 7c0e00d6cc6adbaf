package jenkins.security;

@SuppressWarnings("rawtypes")
public class HMACConfidentialKey extends ConfidentialKey {
    public HMACConfidentialKey(Class owner, String shortName) {
        super(shortName);
    }

    public synchronized byte[] mac(byte[] message) {
        throw new UnsupportedOperationException();
    }

    public boolean checkMac(byte[] message, byte[] mac) {
        throw new UnsupportedOperationException();
    }
}
