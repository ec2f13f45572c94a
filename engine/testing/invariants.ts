/** What must be true of the tables after every commit; each statement counts what is not. */
export const invariants: Record<string, string> = {
  'every scope counts its children and the tokens that wait in it': `
    SELECT count(*) FROM (SELECT key, process_instance_key AS p, children, data FROM element_instance WHERE state = 'ACTIVE'
      UNION ALL SELECT key, key, children, data FROM process_instance WHERE state = 'ACTIVE') s
    WHERE children <> (SELECT count(*) FROM element_instance e
        WHERE e.process_instance_key = s.p AND e.state = 'ACTIVE' AND e.scope_key = s.key)
      + (SELECT count(*) FROM join_token j WHERE j.scope_key = s.key AND j.waiting = 1)
      + (SELECT count(*) FROM process_instance c WHERE c.parent_element_key = s.key AND c.state = 'ACTIVE')`,
  'nothing runs inside of what has ended': `
    SELECT count(*) FROM element_instance e LEFT JOIN element_instance s ON s.key = e.scope_key
      LEFT JOIN process_instance p ON p.key = e.process_instance_key
    WHERE e.state = 'ACTIVE' AND (s.state <> 'ACTIVE' OR p.state <> 'ACTIVE')`,
  'no job, timer, subscription, task or incident outlives its element': `
    SELECT count(*) FROM (SELECT element_instance_key AS k, process_instance_key AS p FROM job WHERE phase < 4
      UNION ALL SELECT element_instance_key, process_instance_key FROM timer WHERE element_instance_key IS NOT NULL
      UNION ALL SELECT element_instance_key, process_instance_key FROM message_subscription
        WHERE state = 'CREATED' AND element_instance_key IS NOT NULL
      UNION ALL SELECT element_instance_key, process_instance_key FROM signal_subscription
      UNION ALL SELECT element_instance_key, process_instance_key FROM conditional_subscription
        WHERE element_instance_key IS NOT NULL
      UNION ALL SELECT element_instance_key, process_instance_key FROM user_task WHERE state NOT IN ('COMPLETED', 'CANCELED')
      UNION ALL SELECT element_instance_key, process_instance_key FROM incident WHERE state = 'ACTIVE') x
    WHERE NOT EXISTS (SELECT 1 FROM element_instance e WHERE e.key = x.k AND e.state = 'ACTIVE')
      AND NOT EXISTS (SELECT 1 FROM process_instance i WHERE i.key = x.k AND i.state = 'ACTIVE')`,
  'every instance that goes on waits for something': `
    SELECT count(*) FROM process_instance p WHERE p.state = 'ACTIVE'
      AND NOT EXISTS (SELECT 1 FROM job j WHERE j.process_instance_key = p.key AND j.phase < 4)
      AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.process_instance_key = p.key)
      AND NOT EXISTS (SELECT 1 FROM message_subscription s WHERE s.process_instance_key = p.key AND s.state = 'CREATED')
      AND NOT EXISTS (SELECT 1 FROM signal_subscription g WHERE g.process_instance_key = p.key)
      AND NOT EXISTS (SELECT 1 FROM conditional_subscription s WHERE s.process_instance_key = p.key)
      AND NOT EXISTS (SELECT 1 FROM user_task u WHERE u.process_instance_key = p.key AND u.state NOT IN ('COMPLETED', 'CANCELED'))
      AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.process_instance_key = p.key AND i.state = 'ACTIVE')
      AND NOT EXISTS (SELECT 1 FROM process_instance c WHERE c.parent_key = p.key AND c.state = 'ACTIVE')
      AND NOT EXISTS (SELECT 1 FROM element_instance e JOIN element m ON m.ref = e.element_ref
        WHERE e.process_instance_key = p.key AND e.state = 'ACTIVE' AND m.type = 'AD_HOC_SUB_PROCESS')`,
  'only what has completed in an instance that goes on can be undone': `
    SELECT count(*) FROM compensation_subscription c LEFT JOIN element_instance e ON e.key = c.activity_key
      LEFT JOIN process_instance p ON p.key = c.process_instance_key
    WHERE p.state IS NOT 'ACTIVE' OR e.state IS NOT 'COMPLETED'`,
  'who throws a compensation waits for its handlers': `
    SELECT count(*) FROM compensation_subscription c JOIN element_instance t ON t.key = c.throw_key
    WHERE t.state = 'COMPLETED'`,
  'every signal has been told to all that waited for it': 'SELECT count(*) FROM signal',
  'every job is counted, and what became of it': `
    SELECT (SELECT count(*) FROM job) > total(created) OR (SELECT count(*) FROM job WHERE state = 'COMPLETED') > total(completed)
      OR (SELECT count(*) FROM job WHERE state IN ('FAILED', 'ERROR_THROWN', 'TIMED_OUT')) > total(failed)
    FROM job_statistic`,
};
