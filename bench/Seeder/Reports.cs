using OrderIssues.Domain.Issues.Vocabulary;

namespace OrderIssues.Seeder;

/// <summary>Two years of reports, always the same ones but for the day that the two years end.</summary>
internal sealed class Reports
{
    private static readonly TimeSpan Years = TimeSpan.FromDays(2 * 365);
    private static readonly int[] MessagesOfAnIssue = [0, 0, 0, 1, 1, 1, 1, 2, 2, 4];

    private readonly DateTimeOffset end;
    private readonly Random random = new(1600001);
    private readonly Pools pools = new();
    private readonly Complaints complaints;

    public Reports(DateTimeOffset end)
    {
        this.end = end;
        complaints = new Complaints(random, pools);
    }

    /// <summary>In order of time.</summary>
    public IEnumerable<Report> Make(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var at = end - Years + ((i + random.NextDouble()) / count * Years);
            var details = complaints.Next(i, at);
            yield return new Report(details, at, details.Status == IssueStatuses.Done ? [] : [.. StepsAfter(at)]);
        }
    }

    /// <summary>Most are solved in the end, some wait, and nothing more comes of a few.</summary>
    private IEnumerable<Step> StepsAfter(DateTimeOffset at)
    {
        var outcome = random.NextDouble();
        var steps = new List<Step>();
        if (outcome < 0.2)
        {
            steps.Add(new Step(Later(), random.Pick(pools.Agents), Status: "pending"));
        }

        for (var messages = random.Pick(MessagesOfAnIssue); messages > 0; messages--)
        {
            steps.Add(new Step(Later(), random.Pick(pools.Agents), random.Text(pools.Messages)));
        }

        if (outcome is > 0.06 and < 0.93)
        {
            steps.Add(new Step(Later(), random.Pick(pools.Agents), Status: IssueStatuses.Done));
        }

        return steps.TakeWhile(step => step.At < end);

        DateTimeOffset Later() => at += TimeSpan.FromHours(48 * random.NextDouble());
    }
}
