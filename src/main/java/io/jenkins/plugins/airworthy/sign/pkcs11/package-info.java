/**
 * Keys that stay in a hardware module: PKCS #11 (Cryptoki 2.40) over the module's own library, and the names of RFC 7512
 * by which cosign calls such keys. Nothing here is loaded unless a key is called so.
 *
 * <p>Belongs here: everything that knows Cryptoki. What is signed and how it is stored belongs to {@code sign.bundle}; keys in
 * files belong to {@code sign.key}.
 */
package io.jenkins.plugins.airworthy.sign.pkcs11;
