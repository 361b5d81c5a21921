package io.signalbox.brain;

/**
 * A stage's part of the commit script.
 *
 * <p>The Lua text returns a table with two functions of its arguments: {@code check(a)} returns nothing, or
 * {@code refuse(code, detail)} which stops the whole commit before its first write; {@code write(a)} writes and must not
 * fail (Redis does not roll back). Both see {@code now} (milliseconds, the caller's clock) and
 * {@code state_of(command)} (the state that the command has before this commit).
 *
 * @param name unique; by convention {@code stage.what}
 */
public record Fragment(String name, String lua) {
    /** The fragment whose text is a resource beside the class that offers it. */
    public static Fragment beside(Class<?> owner, String name, String resource) {
        return new Fragment(name, LuaText.beside(owner, resource));
    }
}
