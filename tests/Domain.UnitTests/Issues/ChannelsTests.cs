using OrderIssues.Domain.Issues.Vocabulary;

namespace OrderIssues.Domain.UnitTests.Issues;

public sealed class ChannelsTests
{
    [TestCase("freshdesk", ExpectedResult = "freshdesk")]
    [TestCase("freshdesk-us", ExpectedResult = "freshdesk")]
    [TestCase("tiktok-shop-de", ExpectedResult = "tiktok")]
    [TestCase("email", ExpectedResult = "email")]
    [TestCase("other-phone", ExpectedResult = "other")]
    [TestCase("freshdesk-", ExpectedResult = null)]
    [TestCase("freshdeskus", ExpectedResult = null)]
    [TestCase("phone", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    [TestCase(null, ExpectedResult = null)]
    public string? A_source_belongs_to_the_channel_it_starts_with(string? source) => Channels.Of(source);

    [TestCase("freshdesk", ExpectedResult = true)]
    [TestCase("tiktok", ExpectedResult = true)]
    [TestCase("email", ExpectedResult = false)]
    [TestCase("other", ExpectedResult = false)]
    [TestCase(null, ExpectedResult = false)]
    public bool Freshdesk_and_TikTok_have_tickets(string? channel) => Channels.HasTickets(channel);

    [TestCase("freshdesk", "freshdesk-us", ExpectedResult = "freshdesk")]
    [TestCase("freshdesk", "tiktok-de", ExpectedResult = "tiktok")]
    [TestCase("freshdesk", "email", ExpectedResult = "freshdesk")]
    [TestCase("email", "tiktok", ExpectedResult = "tiktok")]
    [TestCase("tiktok", null, ExpectedResult = "tiktok")]
    [TestCase("email", "email", ExpectedResult = null)]
    [TestCase(null, null, ExpectedResult = null)]
    public string? A_ticket_lives_in_the_system_that_the_source_names_else_the_channel(string? channel, string? source) => Channels.TicketSystemOf(channel, source);
}
