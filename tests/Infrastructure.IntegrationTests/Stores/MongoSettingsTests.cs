using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What the URI says counts, unless it would weaken what callers are promised.</summary>
public sealed class MongoSettingsTests
{
    [Test]
    public void Has_times_of_its_own_where_the_uri_names_none()
    {
        var settings = SettingsOf("mongodb://a,b,c/x?replicaSet=rs0");

        Assert.That(
            Seconds(settings.ServerSelectionTimeout, settings.ConnectTimeout, settings.SocketTimeout, settings.WaitQueueTimeout),
            Is.EqualTo(new[] { 12.0, 3, 7, 3 }));
        Assert.That((settings.MaxConnectionPoolSize, settings.ApplicationName), Is.EqualTo((100, "order-issue-service")));
    }

    [Test]
    public void Takes_the_times_and_sizes_of_the_uri()
    {
        var settings = SettingsOf(
            "mongodb://a,b,c/x?replicaSet=rs0&serverSelectionTimeoutMS=1000&connectTimeoutMS=2000&socketTimeoutMS=20000&waitQueueTimeoutMS=4000"
            + "&wtimeoutMS=6000&maxPoolSize=7&minPoolSize=2&readConcernLevel=majority&retryWrites=false&appName=mine");

        Assert.That(
            Seconds(settings.ServerSelectionTimeout, settings.ConnectTimeout, settings.SocketTimeout, settings.WaitQueueTimeout),
            Is.EqualTo(new[] { 1.0, 2, 20, 4 }));
        Assert.That(settings.WriteConcern.WTimeout, Is.EqualTo(TimeSpan.FromSeconds(6)));
        Assert.That((settings.MinConnectionPoolSize, settings.MaxConnectionPoolSize), Is.EqualTo((2, 7)));
        Assert.That(settings.ReadConcern, Is.EqualTo(ReadConcern.Majority));
        Assert.That((settings.RetryWrites, settings.ApplicationName), Is.EqualTo((false, "mine")));
    }

    [TestCase("w=0")]
    [TestCase("w=1&journal=false")]
    [TestCase("w=2&wtimeoutMS=5000")]
    [TestCase("w=backups&fsync=false")]
    [TestCase("readPreference=secondary&readConcernLevel=available")]
    [TestCase("readPreference=nearest&maxStalenessSeconds=120")]
    public void Promises_no_less_whatever_the_uri_says(string options)
    {
        var settings = SettingsOf($"mongodb://a,b,c/x?{options}");

        Assert.That(settings.WriteConcern, Is.EqualTo(WriteConcern.WMajority.With(wTimeout: TimeSpan.FromSeconds(5), journal: true)));
        Assert.That(settings.ReadPreference, Is.EqualTo(ReadPreference.Primary));
        Assert.That(settings.ReadConcern, Is.EqualTo(ReadConcern.Default));
    }

    [Test]
    public void Waits_longer_for_an_answer_than_for_the_majority() =>
        Assert.That(SettingsOf("mongodb://a/x?wtimeoutMS=9000").SocketTimeout, Is.EqualTo(TimeSpan.FromSeconds(11)));

    private static IEnumerable<double> Seconds(params TimeSpan[] times) => times.Select(time => time.TotalSeconds);

    private static MongoClientSettings SettingsOf(string uri)
    {
        using var database = new MongoDatabase(uri, "orderissues");
        return database.Database.Client.Settings;
    }
}
