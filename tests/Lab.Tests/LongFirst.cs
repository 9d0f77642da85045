using System;
using System.Collections.Generic;
using System.Linq;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Warren.Lab.Tests.LongFirst))]

namespace Warren.Lab.Tests;

/// <summary>Classes named Long… begin first, so that their minutes pass while the others run.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionDisplayName.Contains(".Long", StringComparison.Ordinal) ? 0 : 1)];
}
