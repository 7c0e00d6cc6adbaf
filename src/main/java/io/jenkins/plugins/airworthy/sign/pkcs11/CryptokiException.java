package io.jenkins.plugins.airworthy.sign.pkcs11;

/** A function of a module failed with a return code. Never leaves this package. */
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

    /** Returns the name of the code in the specification, or the number of an unknown code. */
    String codeName() {
        return ReturnCode.name(code);
    }
}
