using System.Collections.Concurrent;

namespace OrderIssues.Soak.Audits;

/// <summary>What the service acknowledged, kept outside of it.</summary>
internal sealed class Journal
{
    private readonly ConcurrentDictionary<string, int> answers = new();
    private int requests;

    /// <summary>Issues by number.</summary>
    public ConcurrentDictionary<string, KnownIssue> Issues { get; } = new();

    /// <summary>Queries of the saved views by name; null for a removed one.</summary>
    public ConcurrentDictionary<string, string?> Views { get; } = new();

    /// <summary>Answers that no fault explains.</summary>
    public ConcurrentBag<string> Wrong { get; } = [];

    public int Requests => requests;

    /// <summary>Answers after which a request was sent again, with their numbers.</summary>
    public IReadOnlyDictionary<string, int> Repeated => answers;

    public void CountRequest() => Interlocked.Increment(ref requests);

    public void CountRepeated(string answer) => answers.AddOrUpdate(answer, 1, (_, times) => times + 1);

    /// <summary>Keeps an issue that was reported, or gets the one of this number, which another caller kept.</summary>
    public KnownIssue Keep(KnownIssue issue) => Issues.GetOrAdd(issue.IssueId, issue);
}
