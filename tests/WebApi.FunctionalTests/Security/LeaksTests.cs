namespace OrderIssues.WebApi.FunctionalTests.Security;

/// <summary>That the search for leaks finds any. It isn't run beside other tests, which would take what it finds for theirs.</summary>
[NonParallelizable]
public sealed class LeaksTests
{
    [OneTimeSetUp]
    public static void Configure()
    {
        Leaks.Configure("Freshdesk:ApiKey", "leaked-key-4711");
        Leaks.Configure("ConnectionStrings:MongoDb", "mongodb://user:leaked-password-4711@host/order-issue");
        Leaks.Configure("Issues:Statuses", "open");
    }

    [TestCase("Bearer leaked-key-4711 was refused")]
    [TestCase("can't reach user:leaked-password-4711")]
    [TestCase("no issue of josh@example.com")]
    public void Finds_what_is_in_a_log(string line)
    {
        Leaks.LookInLog(line);

        Assert.That(Leaks.TakeAll(), Has.Count.EqualTo(1));
    }

    [TestCase("""{"detail":"leaked-key-4711"}""")]
    [TestCase("Boom\n   at OrderIssues.WebApi.X.Y(String z)")]
    [TestCase("Boom in /src/X.cs:line 12")]
    public void Finds_what_is_in_an_answer(string text)
    {
        Leaks.LookInAnswer(text);

        Assert.That(Leaks.TakeAll(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Finds_nothing_where_nothing_is()
    {
        Leaks.LookInLog("Issues are open at host, order-issue");
        Leaks.LookInAnswer("""{"customerEmail":"josh@example.com","message":"look at it (now)"}""");

        Assert.That(Leaks.TakeAll(), Is.Empty);
    }
}
