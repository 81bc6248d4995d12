using OrderIssues.Application.Common.Records;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>Records of a kind, with content as that kind has it.</summary>
internal sealed class RecordSamples(string kind)
{
    public const string Due = "reminders";

    /// <summary>Kinds with a layout of their own in MongoDB, and one without.</summary>
    public static readonly string[] Kinds = [RecordKinds.Idempotency, RecordKinds.TicketIssues, RecordKinds.TikTokShopTokens, Due];

    /// <param name="number">Makes the content another one.</param>
    /// <param name="key">The key.</param>
    public StoredRecord Record(int number = 1, string key = "k") => new() { Kind = kind, Key = key, Content = Content(number) };

    private string Content(int number) => kind switch
    {
        RecordKinds.Idempotency =>
            $$"""{"fingerprint":"f{{number}}","targetId":"{{number:x24}}","leaseUntil":{{1_780_000_000_987 + number}}}""",
        RecordKinds.TicketIssues => $$"""{"targetId":"{{number:x24}}"}""",
        RecordKinds.TikTokShopTokens when number % 2 == 0 => $$"""{"accessToken":"a{{number}}","refreshToken":"r"}""",
        RecordKinds.TikTokShopTokens => $$"""{"accessToken":"a{{number}}","refreshToken":"r","refreshingUntil":{{number - 1}}}""",
        _ => $$"""{"$a.b":[{{number}},null,{"c":"' OR '1'='1"}]}""",
    };
}
