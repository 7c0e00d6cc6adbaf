package io.jenkins.plugins.airworthy.sign.pkcs11;

/** What a module's function answered, when it was not "done". Never leaves this package. */
final class CryptokiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final long code;

    CryptokiException(String function, long code) {
        super(function + " answered with " + ReturnCode.name(code));
        this.function = function;
        this.code = code;
    }

    String function() {
        return function;
    }

    boolean is(ReturnCode expected) {
        return code == expected.code();
    }

    /** The code in the words of the specification, or as a number where it is nobody's. */
    String codeName() {
        return ReturnCode.name(code);
    }
}
