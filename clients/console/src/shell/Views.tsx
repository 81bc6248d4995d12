import { Link, useLocation } from "wouter-preact";
import { useAddressedQueue } from "../data/address";
import { readQueue, writeQueue } from "../data/filter";
import { useViews } from "../data/lists";
import { useFormats } from "../parts/formats";
import { useTexts } from "../texts";

/** The saved views, each with how many issues it has. */
export function Views() {
    const texts = useTexts();
    const formats = useFormats();
    const views = useViews();
    const [path] = useLocation();
    const queue = useAddressedQueue();
    const current = path === "/" ? writeQueue(queue) : undefined;
    if (!views.data?.length) {
        return null;
    }

    return (
        <nav aria-label={texts.shell.views}>
            <h2>{texts.shell.views}</h2>
            <ul>
                {views.data.map(({ name, query, count, code }) => {
                    const address = writeQueue(readQueue(query));
                    return (
                        <li key={name}>
                            <Link href={`/${address}`} aria-current={address === current ? "page" : undefined}>
                                <span dir="auto">{name}</span>
                                <span class="count">{count === undefined ? code === undefined ? "" : "!" : formats.number(count)}</span>
                            </Link>
                        </li>
                    );
                })}
            </ul>
        </nav>
    );
}
