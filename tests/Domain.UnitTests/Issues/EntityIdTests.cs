using System.Collections.Concurrent;
using OrderIssues.Domain.Issues;
using OrderIssues.TestCommon;

namespace OrderIssues.Domain.UnitTests.Issues;

public sealed class ObjectIdTests
{
    [Test]
    public void Is_24_hexadecimal_digits_that_begin_with_the_second()
    {
        var id = EntityId.New(IssueFactory.Now.AddMilliseconds(999));

        Assert.That(id.ToString(), Does.Match("^[0-9a-f]{24}$"));
        Assert.That(id.Timestamp, Is.EqualTo(IssueFactory.Now));
    }

    [Test]
    public void Is_another_one_each_time_also_in_parallel()
    {
        var ids = new ConcurrentBag<EntityId>();

        Parallel.For(0, 10_000, _ => ids.Add(EntityId.New(IssueFactory.Now)));

        Assert.That(ids.Distinct().Count(), Is.EqualTo(10_000));
    }

    [Test]
    public void Sorts_by_the_time_it_was_made()
    {
        var later = EntityId.New(IssueFactory.Now.AddSeconds(1));

        Assert.That(EntityId.New(IssueFactory.Now).CompareTo(later), Is.Negative);
    }

    [Test]
    public void Reads_what_it_writes_in_either_case()
    {
        var id = EntityId.New(IssueFactory.Now);

        Assert.That(EntityId.Parse(id.ToString().ToUpperInvariant()), Is.EqualTo(id));
    }

    [TestCase("")]
    [TestCase("691e3d1c8f1b2a00123456")]
    [TestCase("691e3d1c8f1b2a00123456789a")]
    [TestCase("691e3d1c8f1b2a001234567x")]
    public void Refuses_other_texts(string text) => Assert.That(() => EntityId.Parse(text), Throws.InstanceOf<FormatException>());
}
