/** Pages of an exhibit as pictures that the node makes in a sandbox: the file itself never opens in the browser. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { Button, Note, Sheet } from '../shared/ui/parts.tsx'

export function Preview({ exhibitId }: { readonly exhibitId: string }) {
  const say = useSay()
  const [page, setPage] = useState(0)
  const [failed, setFailed] = useState<number | null>(null)
  return (
    <Sheet title={say('exhibit.preview')}>
      {page === 0 ? (
        <p>
          <Button kind="second" onPress={() => setPage(1)}>
            {say('exhibit.preview-show')}
          </Button>
        </p>
      ) : (
        <>
          <p className="row">
            <Button kind="second" isDisabled={page === 1} onPress={() => setPage(page - 1)}>
              {say('exhibit.page-before')}
            </Button>
            <span role="status">{say('exhibit.page', { page })}</span>
            <Button kind="second" isDisabled={failed === page} onPress={() => setPage(page + 1)}>
              {say('exhibit.page-after')}
            </Button>
          </p>
          {failed === page ? (
            <Note kind="warn">
              <p>{say('exhibit.no-page', { page })}</p>
            </Note>
          ) : (
            <img
              className="page-picture"
              alt={say('exhibit.page', { page })}
              src={`/v1/exhibit/preview.png?exhibitId=${exhibitId}&page=${page}`}
              onError={() => setFailed(page)}
            />
          )}
        </>
      )}
    </Sheet>
  )
}
