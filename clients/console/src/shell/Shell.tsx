import { lazy, Suspense } from "preact/compat";
import { useState } from "preact/hooks";
import { Route, Switch, useLocation } from "wouter-preact";
import { readSegment } from "../data/address";
import { useFollowedIssues } from "../data/follow";
import { useSession } from "../data/session";
import { Boundary } from "../parts/Boundary";
import { Heading } from "../parts/Heading";
import { useKeys } from "../parts/keys";
import Queue from "../queue/Queue";
import { useTexts } from "../texts";
import { ConnectionBanner } from "./ConnectionBanner";
import { KeysHelp } from "./KeysHelp";
import { SideBar } from "./SideBar";

const Issue = lazy(() => import("../issue/Issue"));
const Create = lazy(() => import("../create/Create"));
const Insights = lazy(() => import("../insights/Insights"));
const Customers = lazy(() => import("../customers/Customers"));
const SettingsPage = lazy(() => import("../settings/SettingsPage"));

/** The frame of all screens. */
export function Shell() {
    const texts = useTexts();
    const { mayWrite } = useSession();
    const [path, navigate] = useLocation();
    const [helps, setHelps] = useState(false);
    useFollowedIssues();
    useKeys({ "[Shift]+?": () => setHelps(true), ...mayWrite && { n: () => navigate("/new") } });
    return (
        <div class="shell">
            <a class="skip" href="#content" onClick={event => { event.preventDefault(); document.getElementById("content")?.focus(); }}>
                {texts.shell.skip}
            </a>
            <SideBar onHelp={() => setHelps(true)} />
            <main id="content" tabIndex={-1}>
                <ConnectionBanner />
                <Boundary key={path}>
                    <Suspense fallback={<p class="quiet" aria-busy="true">{texts.common.loading}</p>}>
                        <Switch>
                            <Route path="/" component={Queue} />
                            <Route path="/issue/:issueId">{({ issueId }) => <Issue key={issueId} issueId={readSegment(issueId)} />}</Route>
                            <Route path="/new" component={Create} />
                            <Route path="/insights" component={Insights} />
                            <Route path="/customers" component={Customers} />
                            <Route path="/settings" component={SettingsPage} />
                            <Route><Heading text={texts.shell.notFound} /></Route>
                        </Switch>
                    </Suspense>
                </Boundary>
            </main>
            {helps && <KeysHelp onClose={() => setHelps(false)} />}
        </div>
    );
}
