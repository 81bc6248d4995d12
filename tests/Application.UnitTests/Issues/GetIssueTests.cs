using Moq;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Issues;
using OrderIssues.Application.UnitTests.Common;
using OrderIssues.Domain.Issues;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Issues;

public sealed class GetIssueTests
{
    private readonly UseCases useCases = new();

    [Test]
    public async Task Gives_the_issue_of_the_number()
    {
        var issue = IssueFactory.Issue();
        useCases.Store.Setup(store => store.FindAsync("1600001", It.IsAny<CancellationToken>())).ReturnsAsync(issue);

        Assert.That(await useCases.SendAsync(new GetIssue("1600001")), Is.SameAs(issue));
    }

    [Test]
    public async Task Says_that_there_is_none()
    {
        useCases.Store.Setup(store => store.FindAsync("1600002", It.IsAny<CancellationToken>())).ReturnsAsync((OrderIssue?)null);

        Assert.That((await useCases.FailureOfAsync(new GetIssue("1600002"))).Code, Is.EqualTo(FailureCode.IssueNotFound));
    }
}
