import { lazy, Suspense } from "preact/compat";
import { useAddress } from "../data/address";
import { useStatistics } from "../data/lists";
import { ExportButton } from "../parts/ExportButton";
import { useFormats } from "../parts/formats";
import { Heading } from "../parts/Heading";
import { Read } from "../parts/State";
import { Chips } from "../parts/Chips";
import { useTexts } from "../texts";
import { Ages } from "./Ages";
import { GroupTable } from "./GroupTable";
import "./insights.css";
import { Pareto } from "./Pareto";
import { Period } from "./Period";

const Days = lazy(() => import("./Days"));

/** Where issues come from, how long they take and what they cost, of those that the address names. */
export default function Insights() {
    const texts = useTexts();
    const formats = useFormats();
    const [queue, show] = useAddress("/insights");
    const { filter } = queue;
    return (
        <div class="insights">
            <Heading text={texts.insights.title} />
            <div class="row">
                <Period queue={queue} onChange={show} />
                <ExportButton filter={filter} />
            </div>
            <Chips queue={queue} onChange={show} />
            <p class="quiet">{texts.insights.merged}</p>
            <Read query={useStatistics(["issueType"], filter)}>
                {({ issues, units, cost = [], groups }) => (
                    <dl class="figures">
                        <div><dt>{texts.insights.issues}</dt><dd>{formats.number(issues)}</dd></div>
                        <div><dt>{texts.insights.open}</dt><dd>{formats.number(groups.reduce((sum, group) => sum + group.open, 0))}</dd></div>
                        <div><dt>{texts.insights.units}</dt><dd>{formats.number(units)}</dd></div>
                        {cost.map(each => <div key={each.currency}><dt>{texts.insights.cost}</dt><dd>{formats.money(each)}</dd></div>)}
                    </dl>
                )}
            </Read>
            <Pareto filter={filter} />
            <div class="tables">
                {(["issueType", "channel", "picker", "packer", "palletter", "assignee"] as const).map(field => <GroupTable key={field} field={field} filter={filter} />)}
                <GroupTable field="fault" filter={filter} isOfCost />
                <Ages filter={filter} />
            </div>
            <Suspense fallback={<p class="quiet" aria-busy="true">{texts.common.loading}</p>}><Days filter={filter} /></Suspense>
        </div>
    );
}
