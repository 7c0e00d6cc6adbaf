package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;

/** Takes the signed payload out of what is stored. Verifies nothing: for showing content whose verification is reported beside it. */
public final class SignedPayload {
    private static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";

    private SignedPayload() {}

    /**
     * Returns the payload.
     *
     * @param mediaType of the stored content: a bundle, an envelope, or else the payload itself
     */
    public static byte[] of(byte[] stored, String mediaType, String what) throws InvalidInputException {
        if (Bundle.TYPES.contains(mediaType)) {
            return ((Bundle.Content.Envelope) Bundle.attached(stored, what).content())
                    .envelope()
                    .payload();
        }
        return mediaType.equals(ENVELOPE)
                ? DsseEnvelope.parse(StrictJson.parseObject(stored, what, Bundle.MAX_BYTES, Bundle.MAX_VALUES))
                        .payload()
                : stored.clone();
    }
}
