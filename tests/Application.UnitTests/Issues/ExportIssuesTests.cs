using Moq;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Application.UnitTests.Common;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Issues;

public sealed class ExportIssuesTests
{
    private static readonly IssueSort Latest = new(IssueField.CreatedAt, Descending: true);
    private readonly UseCases useCases = new();
    private readonly OrderIssue issue = IssueFactory.Issue();

    [Test]
    public async Task Goes_on_where_each_page_ended_and_reads_none_before_it_is_needed()
    {
        var end = IssuePosition.Of(issue, Latest);
        PageAfter(null, new([issue, issue], end));

        var issues = await useCases.SendAsync(new ExportIssues { Format = ExportIssues.Csv });
        await using var walk = issues.GetAsyncEnumerator();
        Assert.That((await walk.MoveNextAsync(), await walk.MoveNextAsync()), Is.EqualTo((true, true)));
        PageAfter(end, new([issue], null));

        Assert.That((await walk.MoveNextAsync(), await walk.MoveNextAsync()), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Reads_no_page_for_a_caller_that_is_gone()
    {
        PageAfter(null, new([issue], IssuePosition.Of(issue, Latest)));
        using var caller = new CancellationTokenSource();

        await using var walk = (await useCases.SendAsync(new ExportIssues { Format = ExportIssues.Csv })).GetAsyncEnumerator(caller.Token);
        await walk.MoveNextAsync();
        await caller.CancelAsync();

        await Assert.ThatAsync(() => walk.MoveNextAsync().AsTask(), Throws.InstanceOf<OperationCanceledException>());
    }

    private void PageAfter(IssuePosition? position, IssuePage page) => useCases.Queries
        .Setup(queries => queries.ListAsync(It.IsAny<IssueFilter>(), Latest, position, 500, It.IsAny<CancellationToken>()))
        .ReturnsAsync(page);
}
