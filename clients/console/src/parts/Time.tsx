import { type Formats, useFormats } from "./formats";

/** How long ago something was; when exactly, on hovering. */
export function age(at: string | undefined, formats: Formats) {
    return at === undefined ? null : <time dateTime={at} title={formats.time(at)}>{formats.age(at)}</time>;
}

export function Age({ at }: { at: string | undefined }) {
    return age(at, useFormats());
}

export function Time({ at }: { at: string | undefined }) {
    const formats = useFormats();
    return at === undefined ? null : <time dateTime={at}>{formats.time(at)}</time>;
}
