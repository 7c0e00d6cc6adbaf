package io.jenkins.plugins.airworthy.sign.pkcs11;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of a module's native library, called through the table of {@code C_GetFunctionList}. Java's own provider
 * for PKCS #11 is not suitable: it identifies a token only by its slot number, ignores keys without a certificate, and does
 * not report how many tries a PIN has left.
 */
final class NativeCryptoki implements Cryptoki {
    /** Resolve symbols at once, and do not export them to other libraries ({@code RTLD_NOW}, without {@code RTLD_GLOBAL}). */
    private static final int OPEN_FLAGS = 2;

    private static final int OS_LOCKING_OK = 2;
    private static final int SERIAL_SESSION = 4;
    private static final int TOKEN_INFO_BYTES = 512; // more than any layout of the structure takes
    private static final int FLAGS_OFFSET = 96;
    private static final int WORD = NativeLong.SIZE; // CK_ULONG
    private static final int POINTER = Native.POINTER_SIZE;
    private static final int ATTRIBUTE_BYTES = 2 * WORD + POINTER; // type, pointer, length: no padding anywhere

    /** The position of a function in the table; all versions begin with the same order. */
    private static final Map<String, Integer> TABLE = Map.ofEntries(
            Map.entry("C_Initialize", 0),
            Map.entry("C_Finalize", 1),
            Map.entry("C_GetSlotList", 4),
            Map.entry("C_GetTokenInfo", 6),
            Map.entry("C_OpenSession", 12),
            Map.entry("C_CloseSession", 13),
            Map.entry("C_Login", 18),
            Map.entry("C_Logout", 19),
            Map.entry("C_GetAttributeValue", 24),
            Map.entry("C_FindObjectsInit", 26),
            Map.entry("C_FindObjects", 27),
            Map.entry("C_FindObjectsFinal", 28),
            Map.entry("C_SignInit", 42),
            Map.entry("C_Sign", 43));

    @SuppressWarnings("unused") // as long as it is referred to, the library stays loaded
    private final NativeLibrary library;

    private final Pointer functions;

    private NativeCryptoki(NativeLibrary library, Pointer functions) {
        this.library = library;
        this.functions = functions;
    }

    /**
     * Loads a library.
     *
     * @param file the absolute path of the library, so that no search path is used
     */
    static NativeCryptoki load(Path file) throws UndecidedException {
        try {
            NativeLibrary library =
                    NativeLibrary.getInstance(file.toString(), Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS));
            Memory table = words(1);
            long code = library.getFunction("C_GetFunctionList").invokeInt(new Object[] {table}) & 0xFFFF_FFFFL;
            Pointer functions = table.getPointer(0);
            if (code != ReturnCode.CKR_OK.code() || functions == null) {
                throw new UndecidedException(
                        "the PKCS #11 module " + file + " does not return its functions: " + ReturnCode.name(code));
            }
            return new NativeCryptoki(library, functions);
        } catch (LinkageError e) {
            throw new UndecidedException(
                    "the PKCS #11 module " + file + " could not be loaded: it must be a library for this machine ("
                            + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                            + ") with the function C_GetFunctionList, its own dependencies must be installed, and Java must"
                            + " be able to run native code from its folder for temporary files",
                    e);
        }
    }

    private void call(String name, Object... arguments) throws CryptokiException {
        long code = answer(name, arguments);
        if (code != ReturnCode.CKR_OK.code()) {
            throw new CryptokiException(name, code);
        }
    }

    private long answer(String name, Object... arguments) {
        long first = Platform.isWindows() ? 2 : POINTER; // after the version; packed on Windows only
        Pointer entry = functions.getPointer(first + (long) TABLE.get(name) * POINTER);
        if (entry == null) {
            return ReturnCode.CKR_FUNCTION_NOT_SUPPORTED.code();
        }
        NativeLong code = (NativeLong) Function.getFunction(entry).invoke(NativeLong.class, arguments);
        return code.longValue() & 0xFFFF_FFFFL; // no code needs more, whatever the width
    }

    @Override
    public boolean initialize() throws CryptokiException {
        Memory arguments = new Memory(5L * POINTER + WORD);
        arguments.clear();
        arguments.setNativeLong(4L * POINTER, new NativeLong(OS_LOCKING_OK, true));
        long code = answer("C_Initialize", arguments);
        if (code == ReturnCode.CKR_CRYPTOKI_ALREADY_INITIALIZED.code()) {
            return false;
        }
        if (code != ReturnCode.CKR_OK.code()) {
            throw new CryptokiException("C_Initialize", code);
        }
        return true;
    }

    @Override
    public void terminate() throws CryptokiException {
        call("C_Finalize", Pointer.NULL);
    }

    @Override
    public List<Long> slotsWithToken() throws CryptokiException {
        byte withToken = 1;
        NativeLongByReference count = new NativeLongByReference(new NativeLong(MAX_SLOTS, true));
        Memory slots = words(MAX_SLOTS);
        // Some modules look for new tokens only when asked for the number first.
        call("C_GetSlotList", withToken, Pointer.NULL, count);
        bounded("C_GetSlotList", count, MAX_SLOTS);
        count.setValue(new NativeLong(MAX_SLOTS, true));
        call("C_GetSlotList", withToken, slots, count);
        return list(slots, bounded("C_GetSlotList", count, MAX_SLOTS));
    }

    @Override
    public TokenInfo tokenInfo(long slot) throws CryptokiException {
        Memory info = new Memory(TOKEN_INFO_BYTES);
        info.clear();
        call("C_GetTokenInfo", word(slot), info);
        return new TokenInfo(
                text(info, 0, 32),
                text(info, 32, 32),
                text(info, 64, 16),
                text(info, 80, 16),
                info.getNativeLong(FLAGS_OFFSET).longValue());
    }

    @Override
    public long openSession(long slot) throws CryptokiException {
        NativeLongByReference session = new NativeLongByReference();
        call("C_OpenSession", word(slot), word(SERIAL_SESSION), Pointer.NULL, Pointer.NULL, session);
        return session.getValue().longValue();
    }

    @Override
    public void closeSession(long session) throws CryptokiException {
        call("C_CloseSession", word(session));
    }

    @Override
    public void login(long session, User user, byte[] pin) throws CryptokiException {
        try (Memory copy = new Memory(Math.max(1, pin.length))) {
            copy.write(0, pin, 0, pin.length);
            try {
                call("C_Login", word(session), word(user.number()), copy, word(pin.length));
            } finally {
                copy.clear();
            }
        }
    }

    @Override
    public void logout(long session) throws CryptokiException {
        call("C_Logout", word(session));
    }

    @Override
    public List<Long> find(
            long session, ObjectClass objectClass, Optional<byte[]> label, Optional<byte[]> id, int limit)
            throws CryptokiException {
        int count = 1 + (label.isPresent() ? 1 : 0) + (id.isPresent() ? 1 : 0);
        Memory template = new Memory((long) count * ATTRIBUTE_BYTES);
        Memory classValue = words(1);
        classValue.setNativeLong(0, word(objectClass.number()));
        List<Memory> values = new ArrayList<>(List.of(classValue)); // kept while the module reads them
        attribute(template, 0, 0, classValue, WORD);
        if (label.isPresent()) {
            values.add(copy(label.get()));
            attribute(template, 1, Attribute.LABEL.number(), values.get(1), label.get().length);
        }
        if (id.isPresent()) {
            values.add(copy(id.get()));
            attribute(template, count - 1, Attribute.ID.number(), values.get(count - 1), id.get().length);
        }
        call("C_FindObjectsInit", word(session), template, word(count));
        try {
            Memory found = words(limit);
            NativeLongByReference number = new NativeLongByReference();
            call("C_FindObjects", word(session), found, word(limit), number);
            return list(found, bounded("C_FindObjects", number, limit));
        } finally {
            call("C_FindObjectsFinal", word(session));
            values.clear();
        }
    }

    @Override
    public Optional<byte[]> attribute(long session, long object, Attribute attribute) throws CryptokiException {
        Memory template = new Memory(ATTRIBUTE_BYTES);
        attribute(template, 0, attribute.number(), Pointer.NULL, 0);
        long length = valueLength(session, object, template);
        if (length <= 0) {
            return Optional.empty();
        }
        if (length > MAX_ATTRIBUTE_BYTES) {
            throw new CryptokiException("C_GetAttributeValue", ReturnCode.CKR_BUFFER_TOO_SMALL.code());
        }
        Memory value = new Memory(length);
        attribute(template, 0, attribute.number(), value, length);
        long filled = valueLength(session, object, template);
        return filled < 0 || filled > length ? Optional.empty() : Optional.of(value.getByteArray(0, (int) filled));
    }

    /** Returns the length of an attribute; negative if the object does not have it or it is not readable. */
    private long valueLength(long session, long object, Memory template) throws CryptokiException {
        long code = answer("C_GetAttributeValue", word(session), word(object), template, word(1));
        if (code == ReturnCode.CKR_ATTRIBUTE_TYPE_INVALID.code() || code == ReturnCode.CKR_ATTRIBUTE_SENSITIVE.code()) {
            return -1;
        }
        if (code != ReturnCode.CKR_OK.code()) {
            throw new CryptokiException("C_GetAttributeValue", code);
        }
        long length = template.getNativeLong((long) WORD + POINTER).longValue();
        return WORD == Integer.BYTES ? (int) length : length; // "unavailable" is all ones
    }

    @Override
    public Optional<Long> number(long session, long object, Attribute attribute) throws CryptokiException {
        return attribute(session, object, attribute)
                .filter(value -> value.length == WORD)
                .map(value -> copy(value).getNativeLong(0).longValue());
    }

    @Override
    public void signInit(long session, Mechanism mechanism, long key) throws CryptokiException {
        Memory structure = new Memory(ATTRIBUTE_BYTES);
        attribute(structure, 0, mechanism.number(), Pointer.NULL, 0);
        call("C_SignInit", word(session), structure, word(key));
    }

    @Override
    public byte[] sign(long session, byte[] data) throws CryptokiException {
        Memory signature = new Memory(MAX_SIGNATURE_BYTES);
        NativeLongByReference length = new NativeLongByReference(new NativeLong(MAX_SIGNATURE_BYTES, true));
        call("C_Sign", word(session), copy(data), word(data.length), signature, length);
        return signature.getByteArray(0, bounded("C_Sign", length, MAX_SIGNATURE_BYTES));
    }

    private static void attribute(Memory template, int index, int type, Pointer value, long length) {
        long offset = (long) index * ATTRIBUTE_BYTES;
        template.setNativeLong(offset, word(type));
        template.setPointer(offset + WORD, value);
        template.setNativeLong(offset + WORD + POINTER, word(length));
    }

    private static int bounded(String function, NativeLongByReference number, int limit) throws CryptokiException {
        long value = number.getValue().longValue();
        if (value < 0 || value > limit) {
            throw new CryptokiException(function, ReturnCode.CKR_BUFFER_TOO_SMALL.code());
        }
        return (int) value;
    }

    private static List<Long> list(Memory words, int count) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(words.getNativeLong((long) i * WORD).longValue());
        }
        return List.copyOf(values);
    }

    private static Memory words(int count) {
        Memory memory = new Memory((long) count * Math.max(WORD, POINTER));
        memory.clear();
        return memory;
    }

    private static Memory copy(byte[] bytes) {
        Memory memory = new Memory(Math.max(1, bytes.length));
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static NativeLong word(long value) {
        return new NativeLong(value, true);
    }

    private static String text(Memory structure, int offset, int length) {
        String padded = new String(structure.getByteArray(offset, length), StandardCharsets.UTF_8);
        int end = padded.length();
        while (end > 0 && (padded.charAt(end - 1) == ' ' || padded.charAt(end - 1) == '\0')) {
            end--;
        }
        return padded.substring(0, end);
    }
}
