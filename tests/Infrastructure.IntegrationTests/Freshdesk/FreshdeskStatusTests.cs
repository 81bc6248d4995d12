using OrderIssues.Infrastructure.Freshdesk;

namespace OrderIssues.Infrastructure.IntegrationTests.Freshdesk;

public sealed class FreshdeskStatusTests
{
    [TestCase(2, ExpectedResult = "opening")]
    [TestCase(3, ExpectedResult = "pending")]
    [TestCase(4, ExpectedResult = "resolved")]
    [TestCase(5, ExpectedResult = "closed")]
    [TestCase(6, ExpectedResult = "status 6")]
    public string Has_a_word_for_each(int status) => FreshdeskStatus.TextOf(status);

    [TestCase(2, ExpectedResult = "opening")]
    [TestCase(6, ExpectedResult = "Waiting on Customer")]
    public string Has_the_accounts_own_word_for_a_custom_one(int status) => FreshdeskStatus.TextOf(status, "Waiting on Customer");
}
