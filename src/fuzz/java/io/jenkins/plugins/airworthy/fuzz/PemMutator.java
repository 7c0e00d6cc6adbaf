package io.jenkins.plugins.airworthy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages what is inside a PEM block: DER or JSON; else its text. */
final class PemMutator implements Mutator {
    private static final Pattern BODY = Pattern.compile("-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END");

    private final Mutator bytes = new ByteMutator();
    private final Mutator der = new DerMutator();
    private final Mutator json = new JsonMutator();

    @Override
    public byte[] damage(byte[] input, Material material, Chance chance) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Matcher body = BODY.matcher(text);
        if (chance.oneIn(4) || !body.find()) {
            return bytes.damage(input, material, chance);
        }
        byte[] inner;
        try {
            inner = Base64.getMimeDecoder().decode(body.group(1));
        } catch (IllegalArgumentException e) {
            return bytes.damage(input, material, chance); // damaged before
        }
        byte[] damaged = inner.length > 0 && inner[0] == '{'
                ? json.damage(inner, material, chance)
                : der.damage(inner, material, chance);
        String written = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(damaged) + "\n";
        return (text.substring(0, body.start(1)) + written + text.substring(body.end(1)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
