use crate::schema::{Schema, same_name};

/// The tables, parents before their children as far as they do not refer to each other.
pub(super) fn parents_first(schema: &Schema) -> Vec<usize> {
    let count = schema.tables.len();
    let parents: Vec<Vec<Edge>> = (0..count).map(|child| edges(schema, child)).collect();
    let mut placed = vec![false; count];
    let mut order = Vec::with_capacity(count);
    while order.len() < count {
        let open = |edge: &&Edge| !placed[edge.parent];
        let free = |&child: &usize| !placed[child] && !parents[child].iter().any(|it| open(&it));
        let may_wait = |&child: &usize| {
            let mut needs = parents[child].iter().filter(|it| it.required);
            !placed[child] && !needs.any(|it| open(&it))
        };
        let next = (0..count)
            .find(free)
            .or_else(|| (0..count).find(may_wait))
            .or_else(|| (0..count).find(|&it| !placed[it]));
        let Some(next) = next else { break };
        placed[next] = true;
        order.push(next);
    }
    order
}

struct Edge {
    parent: usize,
    /// No column of the foreign key can be NULL until the parent is there.
    required: bool,
}

fn edges(schema: &Schema, child: usize) -> Vec<Edge> {
    let table = &schema.tables[child];
    let edge = |key: &crate::schema::ForeignKey| {
        let parent = schema
            .tables
            .iter()
            .position(|it| same_name(&it.name, &key.parent))?;
        let mut from = key.from.iter().filter_map(|it| table.column(it));
        let required = from.all(|it| table.refuses_null(it));
        (parent != child).then_some(Edge { parent, required })
    };
    table.foreign_keys.iter().filter_map(edge).collect()
}
