package io.jenkins.plugins.airworthy.jenkins.run.record;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** A real seal by a secret that the test knows. */
public record TestSeal(String secret) implements RecordMac {
    @Override
    public byte[] of(byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isOf(byte[] content, byte[] seal) {
        return MessageDigest.isEqual(of(content), seal);
    }
}
