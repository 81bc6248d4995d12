import { Link, useLocation } from "wouter-preact";
import { useAddressedQueue } from "../data/address";
import { isEmptyFilter } from "../data/filter";
import { signOut } from "../signIn/signOut";
import { useAgentName, useSession } from "../data/session";
import { useTexts } from "../texts";
import { Views } from "./Views";

/** Where one can go, and as whom. */
export function SideBar({ onHelp }: { onHelp: () => void }) {
    const texts = useTexts();
    const session = useSession();
    const name = useAgentName();
    const [path] = useLocation();
    const queue = useAddressedQueue();
    const link = (to: string, text: string, isCurrent = path === to) =>
        <li><Link href={to} aria-current={isCurrent ? "page" : undefined}>{text}</Link></li>;
    return (
        <header class="side-bar">
            <nav aria-label={texts.shell.navigation}>
                <ul>
                    {link("/", texts.shell.queue, path === "/" && isEmptyFilter(queue.filter))}
                    {session.mayWrite && link("/new", texts.shell.create)}
                    {link("/insights", texts.shell.insights)}
                    {session.mayErase && link("/customers", texts.shell.customers)}
                    {link("/settings", texts.shell.settings)}
                </ul>
            </nav>
            <Views />
            <div class="who">
                <span dir="auto">{name || session.name || texts.shell.anonymous}</span>
                <button type="button" onClick={onHelp} aria-label={texts.keys.title}>?</button>
                {!session.isAnonymous && <button type="button" onClick={() => void signOut()}>{texts.shell.signOut}</button>}
            </div>
        </header>
    );
}
